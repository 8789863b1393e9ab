// What servers of other houses do otherwise than OpenAI GA, rule by rule (PROTOCOL.md A.6): a difference that is known is told
// as such, and is nobody's fault.
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { LogEntry, LogHeader } from "./log.ts"

const differences: Readonly<Record<DialectName, readonly string[]>> = {
  openai: [],
  azure: [],
  // Beta names and the beta's session: conversation.item.created and never its done; content_part.done comes with empty text.
  beta: ["client/unknown_parameter", "conversation-item-done-before-output-item-done", "item-repeats-its-parts"],
  // No conversation.item.done; transcript.done, content_part.done, audio.done in that order; every item has output_index 0.
  xai: [
    "client/unknown_parameter",
    "audio-done-before-transcript-done",
    "conversation-item-done-before-output-item-done",
    "output-index-in-order",
    "streams-done-before-part-done",
  ],
}

export const isKnownOf = (dialect: DialectName, rule: string): boolean => differences[dialect].includes(rule)

/** Whose server it was, by what it said first; openai where nothing speaks against it. */
export function dialectOf(header: Partial<LogHeader>, first: readonly LogEntry[]): DialectName {
  if (header.dialect) return header.dialect
  if (header.endpoint?.includes("x.ai")) return "xai"
  for (const entry of first) {
    if (entry.kind === "handshake" && entry.url?.includes("x.ai")) return "xai"
    if (entry.kind === "handshake" && /azure/.test(entry.url ?? "")) return "azure"
    if (entry.kind !== "event" || entry.side !== "server") continue
    const said = JSON.stringify(entry.event)
    if (entry.event.type === "session.created" && /"model":"grok/.test(said)) return "xai"
    if (entry.event.type === "conversation.item.created") return "beta"
    if (entry.event.type === "session.created" && /"modalities":/.test(said) && !/"output_modalities":/.test(said))
      return "beta"
  }
  return "openai"
}

/** By the events that only one protocol has. */
export function protocolOf(header: Partial<LogHeader>, first: readonly LogEntry[]): "realtime" | "responses" {
  if (header.protocol) return header.protocol
  if (header.endpoint !== undefined && /\/responses\b/.test(header.endpoint)) return "responses"
  for (const entry of first) {
    if (entry.kind === "handshake" && entry.url !== undefined && /\/responses\b/.test(entry.url)) return "responses"
    if (entry.kind !== "event") continue
    const { type } = entry.event
    if (/^(session|conversation|input_audio_buffer|output_audio_buffer)\.|^response\.done$/.test(type))
      return "realtime"
    if (/^response\.(in_progress|completed|failed|incomplete|steer)/.test(type)) return "responses"
    if (type === "response.create" && entry.event.input !== undefined) return "responses"
  }
  return "realtime"
}
