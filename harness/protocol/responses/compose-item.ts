// The wire events of one output item: how it opens, streams and closes (PROTOCOL.md C.5). Nothing is applied here.

import type { JsonObject } from "../realtime/read.ts"
import type { ItemState, PartState } from "./state.ts"
import { STREAMS, type StreamKind } from "./streams.ts"
import type { Voice } from "./voice.ts"

/** Where an item stands, whether it is there already or is only about to be. */
export type ItemPlace = Pick<ItemState, "id" | "outputIndex">

export function openPart(voice: Voice, place: ItemPlace, kind: StreamKind, index: number): void {
  const family = partFamily(kind)
  if (family !== null) voice.say(`${family}.added`, at(place, kind, index), { part: wirePart(kind, "") })
}

export function sayDelta(voice: Voice, place: ItemPlace, kind: StreamKind, index: number, delta: string): void {
  voice.say(`response.${kind}.delta`, at(place, kind, index), { delta }, logprobs(kind))
}

/** All that is still owed for an open item, down to `response.output_item.done`. */
export function closeItem(voice: Voice, item: ItemState, status: string): void {
  for (const part of item.parts) closePart(voice, item, part)
  voice.say("response.output_item.done", { output_index: item.outputIndex, item: finishedItem(item, status) })
}

/** The item in full, as its done event and the terminal tell it. */
export function finishedItem(item: ItemState, status: string): JsonObject {
  if (item.phase === "closed") return item.wire
  const finished: Record<string, unknown> = { ...item.wire }
  if (item.wire.status !== undefined) finished.status = status
  for (const { kind, text } of item.parts) if (STREAMS[kind].place === "item") finished[STREAMS[kind].field] = text
  const whole = (place: "content" | "summary") =>
    item.parts.filter(({ kind }) => STREAMS[kind].place === place).map(({ kind, text }) => wirePart(kind, text))
  if (item.wire.content !== undefined) finished.content = whole("content")
  if (item.wire.summary !== undefined) finished.summary = whole("summary")
  return finished
}

/** The index that the next new part of its kind of place takes. */
export function nextIndex(item: ItemState | null, kind: StreamKind): number {
  const neighbours = item?.parts.filter((part) => STREAMS[part.kind].place === STREAMS[kind].place) ?? []
  return Math.max(-1, ...neighbours.map(({ index }) => index)) + 1
}

function closePart(voice: Voice, item: ItemState, { kind, index, text, streamDone, done, isPart }: PartState): void {
  const position = at(item, kind, index)
  if (!streamDone) voice.say(`response.${kind}.done`, position, { [STREAMS[kind].field]: text }, logprobs(kind))
  const family = partFamily(kind)
  if (!done && isPart && family !== null) voice.say(`${family}.done`, position, { part: wirePart(kind, text) })
}

function partFamily(kind: StreamKind): string | null {
  const { place } = STREAMS[kind]
  if (place === "item") return null
  return place === "content" ? "response.content_part" : "response.reasoning_summary_part"
}

function at({ id, outputIndex }: ItemPlace, kind: StreamKind, index: number): JsonObject {
  const { place } = STREAMS[kind]
  if (place === "item") return { item_id: id, output_index: outputIndex }
  return place === "content"
    ? { item_id: id, output_index: outputIndex, content_index: index }
    : { item_id: id, output_index: outputIndex, summary_index: index }
}

function wirePart(kind: StreamKind, said: string): JsonObject {
  const { of: type, field } = STREAMS[kind]
  return kind === "output_text" ? { type, [field]: said, annotations: [], logprobs: [] } : { type, [field]: said }
}

function logprobs(kind: StreamKind): JsonObject {
  return kind === "output_text" ? { logprobs: [] } : {}
}
