// Entries of a log as entries of a trace, without payloads that nobody judges.
import type { WireEvent } from "../protocol/event.ts"
import type { ClientEntry, Entry, ServerEntry, Trace } from "../trace/trace.ts"
import type { LogEntry } from "./log.ts"

/** Undefined: nothing that a trace tells, such as a ping. */
export function lightened(entry: LogEntry, connection: number): ServerEntry | ClientEntry | undefined {
  const { side } = entry
  switch (entry.kind) {
    case "event":
      return { lane: side, connection, kind: "event", event: withoutPayload(entry.event) }
    case "text": {
      const text = entry.text.slice(0, 200)
      return side === "server"
        ? { lane: "server", connection, kind: "text", text }
        : { lane: "client", connection, kind: "text", text, reason: "it is no event" }
    }
    case "binary":
      return side === "server"
        ? { lane: "server", connection, kind: "binary", bytes: entry.bytes }
        : { lane: "client", connection, kind: "text", text: "", reason: `a binary frame of ${entry.bytes} bytes` }
    case "close":
      return { lane: side, connection, kind: "closed", code: entry.code, reason: entry.reason }
    case "drop":
      return { lane: "server", connection, kind: "dropped" }
    case "handshake":
      if (side === "client") return { lane: "client", connection, kind: "connects", url: entry.url ?? "" }
      return entry.status === undefined || entry.status === 101
        ? { lane: "server", connection, kind: "accepted" }
        : { lane: "server", connection, kind: "refused", status: entry.status }
    default:
      return undefined
  }
}

/** Streams are most of a log, and what they carry is not judged. */
function withoutPayload(event: WireEvent): WireEvent {
  if (event.type === "input_audio_buffer.append") return { type: event.type, event_id: event.event_id }
  if (typeof event.delta !== "string" || event.delta.length <= 40) return event
  return { ...event, delta: `${event.delta.slice(0, 37)}…` }
}

export interface Place {
  readonly index: number
  readonly at: number
  readonly round: number
}

/** Nearly all are events, which are made in one piece: a log has millions. */
export function placed(said: ServerEntry | ClientEntry, { index, at, round }: Place): Entry {
  if (said.kind !== "event") return { ...said, index, at, round }
  const { lane, connection, event } = said
  return { index, at, round, lane, connection, kind: "event", event }
}

/** With no app lane and no capabilities: what an invariant needs of those it does not find. */
export const toTrace = (entries: readonly Entry[], protocol: "realtime" | "responses"): Trace => ({
  header: { scenario: "wire-log", subject: "", version: "", protocol, can: [], transport: "loopback", seed: "" },
  entries,
})
