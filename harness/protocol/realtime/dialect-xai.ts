// xAI (PROTOCOL.md A.6): conversation.created, items that are added and never done, other orders of `done` events, calls
// that share the message's id and index, `ping`, and members in other places. Session resumption is not modelled.

import type { WireEvent } from "../event.ts"
import type { Dialect } from "./dialects.ts"
import { type JsonObject, read } from "./read.ts"

const transcription = "conversation.item.input_audio_transcription"

/** Sent after the event that the model sends first. */
const comesAfter: Readonly<Record<string, string>> = {
  "input_audio_buffer.committed": "conversation.item.added",
  "response.output_audio.done": "response.content_part.done",
  "response.output_audio_transcript.done": "response.content_part.done",
}

export function xaiDialect(): Dialect {
  let held: WireEvent[] = []
  const ids = createSharedIds()
  const transcripts = new Map<unknown, string>()

  const outgoing = (event: WireEvent): readonly WireEvent[] => {
    const told = reworded(ids.share(event), transcripts)
    if (comesAfter[event.type] !== undefined) {
      const waiting = held.filter((before) => comesAfter[before.type] !== comesAfter[event.type])
      held = [...held.filter((before) => !waiting.includes(before)), ...told]
      return waiting
    }
    const freed = held
    held = []
    const isAwaited = freed.some(({ type }) => comesAfter[type] === event.type)
    return isAwaited ? [...told, ...freed] : [...freed, ...told]
  }
  return { outgoing: (event) => outgoing(event).map(placed), incoming: (event) => event }
}

/** `previous_item_id` stands on every event. */
const placed = (event: WireEvent): WireEvent => ({ previous_item_id: null, ...event })

function reworded(event: WireEvent, transcripts: Map<unknown, string>): readonly WireEvent[] {
  const beside = (type: string, rest: JsonObject = {}): WireEvent => ({
    type,
    event_id: `${event.event_id}_${type}`,
    ...rest,
  })
  switch (event.type) {
    case "session.created":
      return [
        event,
        beside("conversation.created", { conversation: { id: "conv_xai", object: "realtime.conversation" } }),
        beside("ping", { timestamp: 0 }),
      ]
    case "conversation.item.done":
      return []
    case "conversation.item.deleted":
      return [{ ...event, item_id: "" }]
    case "response.function_call_arguments.delta": {
      const { output_index: _, ...rest } = event
      return [rest]
    }
    case "response.done":
      return [done(event), beside("ping", { timestamp: 0 })]
    case `${transcription}.delta`: {
      const { delta, ...rest } = event
      const transcript = (transcripts.get(event.item_id) ?? "") + String(delta ?? "")
      transcripts.set(event.item_id, transcript)
      return [{ ...rest, type: `${transcription}.updated`, transcript }]
    }
    case `${transcription}.completed`:
      return cumulative(event)
    default:
      return [event]
  }
}

/** `usage` stands beside the response, and the details of its status are words. */
function done(event: WireEvent): WireEvent {
  if (!read.object(event.response)) return event
  const { usage, status_details, ...response } = read.members(event.response)
  const details = read.members(status_details)
  const said = read.text(read.members(details.error).message) ?? read.text(details.reason)
  return { ...event, response: { ...response, status_details: said }, usage }
}

/** Completed comes more than once, each time with all that is known so far. */
function cumulative(event: WireEvent): readonly WireEvent[] {
  const transcript = read.text(event.transcript) ?? ""
  const first = transcript.slice(0, Math.ceil(transcript.length / 2))
  return [{ ...event, event_id: `${event.event_id}_first`, transcript: first }, event]
}

/** A call that follows a message in its response goes by the message's item id and output_index 0. */
function createSharedIds() {
  const messages = new Map<unknown, string>()
  const shared = new Map<unknown, string>()
  const share = (event: WireEvent): WireEvent => {
    const item = read.object(event.item)
    if (event.type === "response.output_item.added" && item) remember(item, event.response_id)
    if (shared.size === 0) return event
    const id = shared.get(event.item_id ?? item?.id)
    const response = read.object(event.response)
    if (response) return { ...event, response: { ...response, output: read.list(response.output).map(withSharedId) } }
    if (id === undefined) return event
    const index = event.output_index === undefined ? {} : { output_index: 0 }
    return { ...event, ...index, ...(item ? { item: { ...item, id } } : { item_id: id }) }
  }
  const remember = (item: JsonObject, response: unknown) => {
    const id = read.text(item.id) ?? ""
    const message = messages.get(response)
    if (item.type === "function_call" && message !== undefined) shared.set(id, message)
    else if (item.type === "message" && message === undefined) messages.set(response, id)
  }
  const withSharedId = (item: unknown) => {
    const members = read.members(item)
    return { ...members, id: shared.get(members.id) ?? members.id }
  }
  return { share }
}
