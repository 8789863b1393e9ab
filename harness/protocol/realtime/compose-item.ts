// The wire events of one output item: how it opens, streams and closes, in the order that was recorded (PROTOCOL.md B.1
// rules 3 and 4). Nothing is applied here; out-of-band items leave the conversation.item.* events out.

import type { WireEvent } from "../event.ts"
import type { Ids } from "./ids.ts"
import { partAt } from "./items.ts"
import type { JsonObject } from "./read.ts"
import type { ItemState, PartState, ResponseState } from "./state.ts"

/** What an event needs to know of its item, whether the item is there already or is only about to be. */
export interface ItemPlace {
  readonly ids: Ids
  readonly response: ResponseState
  readonly itemId: string
  readonly outputIndex: number
  /** The item before it in the conversation. */
  readonly previousItemId: string | null
}

/** The events that put `item` (its opening wire object, id included) into the response and the conversation. */
export function openItem(place: ItemPlace, item: JsonObject): WireEvent[] {
  const added = {
    type: "response.output_item.added",
    event_id: place.ids.next("event"),
    response_id: place.response.id,
    output_index: place.outputIndex,
    item,
  }
  return place.response.outOfBand ? [added] : [added, conversationItem(place.ids, "added", item, place.previousItemId)]
}

/** `conversation.item.added` or `conversation.item.done`. */
export function conversationItem(
  ids: Ids,
  edge: "added" | "done",
  item: JsonObject,
  previousItemId: string | null,
): WireEvent {
  return {
    type: `conversation.item.${edge}`,
    event_id: ids.next("event"),
    previous_item_id: previousItemId,
    item,
  }
}

/** One `response.*` event of a content part. */
export function partEvent(place: ItemPlace, type: string, contentIndex: number, rest: JsonObject): WireEvent {
  return {
    type,
    event_id: place.ids.next("event"),
    response_id: place.response.id,
    item_id: place.itemId,
    output_index: place.outputIndex,
    content_index: contentIndex,
    ...rest,
  }
}

/** One `response.function_call_arguments.*` event. */
export function callEvent(place: ItemPlace, edge: "delta" | "done", callId: string, rest: JsonObject): WireEvent {
  return {
    type: `response.function_call_arguments.${edge}`,
    event_id: place.ids.next("event"),
    response_id: place.response.id,
    item_id: place.itemId,
    output_index: place.outputIndex,
    call_id: callId,
    ...rest,
  }
}

/** All that is still owed for an open item, down to `response.output_item.done`. */
export function closeItem(place: ItemPlace, item: ItemState, status: string): WireEvent[] {
  const events: WireEvent[] = []
  for (const part of item.parts) closePart(place, part, events)
  if (item.type === "function_call" && !item.argumentsDone) {
    const rest = { name: item.name ?? "", arguments: item.arguments }
    events.push(callEvent(place, "done", item.callId ?? "", rest))
  }
  const finished = finishedItem(item, status)
  if (!place.response.outOfBand && !item.conversationDone) {
    events.push(conversationItem(place.ids, "done", finished, place.previousItemId))
  }
  events.push({
    type: "response.output_item.done",
    event_id: place.ids.next("event"),
    response_id: place.response.id,
    output_index: place.outputIndex,
    item: finished,
  })
  return events
}

/** The item in full, as its done events and `response.done` tell it. Audio bytes are not repeated. */
export function finishedItem(item: ItemState, status: string): JsonObject {
  if (item.closed) return item.wire
  const { id, type } = item
  if (type === "function_call") {
    return { id, type, status, name: item.name, call_id: item.callId, arguments: item.arguments }
  }
  const content = item.parts.map((part) =>
    part.kind === "text"
      ? { type: "output_text", text: part.text }
      : { type: "output_audio", transcript: part.transcript },
  )
  return { id, type, status, role: item.role, content }
}

/** The index that the next new part of an item takes. */
export function nextContentIndex(item: ItemState | null): number {
  let index = item?.parts.length ?? 0
  while (item !== null && partAt(item, index) !== undefined) index += 1
  return index
}

/** A part as `response.content_part.*` tells it, in that event's own vocabulary (`text`, `audio`). */
export function wirePart(kind: PartState["kind"], said: string): JsonObject {
  return kind === "text" ? { type: "text", text: said } : { type: "audio", transcript: said }
}

function closePart(place: ItemPlace, part: PartState, events: WireEvent[]): void {
  if (part.done) return
  const send = (type: string, rest: JsonObject) =>
    events.push(partEvent(place, `response.${type}`, part.contentIndex, rest))
  if (part.kind === "text") {
    if (!part.textDone) send("output_text.done", { text: part.text })
  } else {
    if (!part.audioDone) send("output_audio.done", {})
    if (!part.transcriptDone) send("output_audio_transcript.done", { transcript: part.transcript })
  }
  send("content_part.done", { part: wirePart(part.kind, part.kind === "text" ? part.text : part.transcript) })
}
