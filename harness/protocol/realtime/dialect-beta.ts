// The retired beta's words (PROTOCOL.md A.5): other names for output, one event for an item, a flat session, and
// `text`/`audio` for the content of finished items.

import type { WireEvent } from "../event.ts"
import type { Dialect } from "./dialects.ts"
import { type JsonObject, read } from "./read.ts"

const renamed: Readonly<Record<string, string>> = {
  "response.output_text.delta": "response.text.delta",
  "response.output_text.done": "response.text.done",
  "response.output_audio.delta": "response.audio.delta",
  "response.output_audio.done": "response.audio.done",
  "response.output_audio_transcript.delta": "response.audio_transcript.delta",
  "response.output_audio_transcript.done": "response.audio_transcript.done",
  "conversation.item.added": "conversation.item.created",
}

/** The beta has none of these. */
const gaOnly = new Set([
  "conversation.item.done",
  "conversation.item.input_audio_transcription.segment",
  "input_audio_buffer.timeout_triggered",
  "input_audio_buffer.dtmf_event_received",
])

const formats = { "audio/pcm": "pcm16", "audio/pcmu": "g711_ulaw", "audio/pcma": "g711_alaw" } as const

export function betaDialect(): Dialect {
  /** Of each update that waits for its acknowledgement: whether it was a transcription_session.update. */
  const updates: boolean[] = []
  return {
    outgoing(event) {
      if (gaOnly.has(event.type)) return []
      const type = renamed[event.type] ?? event.type
      if (type === "session.updated" && updates.shift()) return [sessionEvent(event, "transcription_session.updated")]
      if (type === "session.created" || type === "session.updated") return [sessionEvent(event, type)]
      return [{ ...withoutName(event), type, ...items(event) }]
    },
    incoming(event) {
      const isUpdate = event.type === "session.update" || event.type === "transcription_session.update"
      if (isUpdate) updates.push(event.type !== "session.update")
      if (isUpdate) return { ...event, type: "session.update", session: nested(read.members(event.session)) }
      if (event.type === "response.create" && event.response !== undefined)
        return { ...event, response: nestedResponse(read.members(event.response)) }
      return event
    },
  }
}

const sessionEvent = (event: WireEvent, type: string): WireEvent => ({
  ...event,
  type,
  session: flat(read.members(event.session)),
})

/** The arguments' done does not name the function. */
function withoutName(event: WireEvent): WireEvent {
  if (event.type !== "response.function_call_arguments.done") return event
  const { name: _, ...rest } = event
  return rest
}

function items(event: WireEvent): JsonObject {
  const item = read.object(event.item)
  const response = read.object(event.response)
  if (item) return { item: betaItem(item) }
  if (!response) return {}
  const { output_modalities, ...rest } = response
  return {
    response: { ...rest, modalities: modalities(output_modalities), output: read.list(rest.output).map(betaItem) },
  }
}

function betaItem(item: unknown): JsonObject {
  const members = read.members(item)
  if (members.content === undefined) return members
  return { ...members, content: read.list(members.content).map(betaContent) }
}

function betaContent(content: unknown): JsonObject {
  const members = read.members(content)
  const type = read.text(members.type)?.replace(/^output_(text|audio)$/, "$1")
  return { ...members, type }
}

/** Audio meant audio and its text. */
const modalities = (output: unknown): readonly string[] =>
  read.list(output).includes("text") ? ["text"] : ["audio", "text"]

function flat(session: JsonObject): JsonObject {
  const { type: _type, audio, output_modalities, max_output_tokens, ...rest } = session
  const input = read.members(read.members(audio).input)
  const output = read.members(read.members(audio).output)
  return {
    ...rest,
    modalities: modalities(output_modalities),
    voice: output.voice,
    speed: output.speed,
    input_audio_format: betaFormat(input.format),
    output_audio_format: betaFormat(output.format),
    input_audio_transcription: input.transcription ?? null,
    input_audio_noise_reduction: input.noise_reduction ?? null,
    turn_detection: input.turn_detection ?? null,
    temperature: 0.8,
    max_response_output_tokens: max_output_tokens,
  }
}

function betaFormat(format: unknown): string {
  const type = read.text(read.members(format).type)
  return type === "audio/pcmu" || type === "audio/pcma" ? formats[type] : formats["audio/pcm"]
}

/** What the model is told of a flat update. A GA client's nested members stay what they are, and are refused: the beta
 * did not know them. */
function nested(session: JsonObject): JsonObject {
  const { modalities: asked, temperature: _, max_response_output_tokens: tokens, ...rest } = session
  const known: Record<string, unknown> = { ...rest }
  const move = (from: string, to: string, into: Record<string, unknown>) => {
    if (!(from in known)) return
    into[to] = known[from]
    delete known[from]
  }
  const input: Record<string, unknown> = {}
  const output: Record<string, unknown> = {}
  move("input_audio_transcription", "transcription", input)
  move("input_audio_noise_reduction", "noise_reduction", input)
  move("turn_detection", "turn_detection", input)
  move("voice", "voice", output)
  move("speed", "speed", output)
  for (const name of ["input_audio_format", "output_audio_format"]) delete known[name]
  const audio = {
    ...(Object.keys(input).length > 0 ? { input } : {}),
    ...(Object.keys(output).length > 0 ? { output } : {}),
  }
  return {
    ...refusedMembers(known),
    type: "realtime",
    ...(asked === undefined ? {} : { output_modalities: read.list(asked).includes("audio") ? ["audio"] : ["text"] }),
    ...(tokens === undefined ? {} : { max_output_tokens: tokens }),
    ...(Object.keys(audio).length > 0 ? { audio } : {}),
  }
}

/** GA members, under names that the model refuses as unknown, as the beta did. */
function refusedMembers(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name === "type" || name === "audio" || name === "output_modalities" ? `${name} (GA)` : name,
      value,
    ]),
  )
}

function nestedResponse({ modalities: asked, ...rest }: JsonObject): JsonObject {
  if (asked === undefined) return rest
  return { ...rest, output_modalities: read.list(asked).includes("audio") ? ["audio"] : ["text"] }
}
