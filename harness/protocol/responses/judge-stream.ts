// Judges what streams into an output item: parts, and the deltas and done of each stream of the table in streams.ts.

import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import { newPart, samePart } from "./judge-item.ts"
import { attributed, broken, itemOf, type Judge } from "./judging.ts"
import type { RuleBreak } from "./rules.ts"
import type { ItemState, PartState, ResponsesState } from "./state.ts"
import { STREAM_KINDS, STREAMS, type StreamKind, type StreamPlace, streamInto } from "./streams.ts"
import { step } from "./transitions.ts"

export const STREAM_JUDGES: readonly (readonly [string, Judge])[] = [
  ...partJudges("response.content_part", "content"),
  ...partJudges("response.reasoning_summary_part", "summary"),
  ...STREAM_KINDS.flatMap((kind): [string, Judge][] => [
    [`response.${kind}.delta`, (state, event, breaks) => streamDelta(state, event, breaks, kind)],
    [`response.${kind}.done`, (state, event, breaks) => streamDone(state, event, breaks, kind)],
  ]),
]

/** Any other event that is in the inventory: it belongs to a response and, where it says so, to an item of it. */
export const judgeOther: Judge = (state, event, breaks) => {
  const response = attributed(state, event, breaks)
  if (response === null || read.number(event.output_index) === null) return
  itemOf(response, event, read.text(event.item_id), breaks)
}

function partJudges(family: string, place: StreamPlace): [string, Judge][] {
  return [
    [`${family}.added`, (state, event, breaks) => partAdded(state, event, breaks, place)],
    [`${family}.done`, (state, event, breaks) => partDone(state, event, breaks, place)],
  ]
}

function streamedItem(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): ItemState | null {
  const response = attributed(state, event, breaks)
  const item = response && itemOf(response, event, read.text(event.item_id), breaks)
  if (item !== null) step(state.transitionsTaken, "item", item.phase, event.type)
  return item
}

function indexOf(event: WireEvent, place: StreamPlace): number | null {
  if (place === "item") return 0
  return read.number(place === "content" ? event.content_index : event.summary_index)
}

function partAt(item: ItemState, place: StreamPlace, index: number): PartState | undefined {
  return item.parts.find((part) => STREAMS[part.kind].place === place && part.index === index)
}

/** The part that the event names; one that was never added is noted and then made, to go on with. */
function partOf(item: ItemState, event: WireEvent, kind: StreamKind, breaks: RuleBreak[]): PartState | null {
  const { place } = STREAMS[kind]
  const index = indexOf(event, place)
  if (index === null) return null
  const known = partAt(item, place, index)
  if (known !== undefined) return known
  // No recording says whether part.added goes before reasoning text.
  const wantsPart = place !== "item" && kind !== "reasoning_text"
  if (wantsPart) {
    broken(breaks, "part-added-first", `${event.type} belongs to part ${index} of item ${item.id}, never added`)
  }
  const part = newPart(kind, index, wantsPart)
  item.parts.push(part)
  return part
}

function partAdded(state: ResponsesState, event: WireEvent, breaks: RuleBreak[], place: StreamPlace): void {
  const item = streamedItem(state, event, breaks)
  const index = indexOf(event, place)
  if (item === null || index === null) return
  if (partAt(item, place, index) !== undefined) {
    broken(breaks, "part-added-once", `part ${index} of item ${item.id} is added again`)
    return
  }
  const kind = streamInto(place, read.members(event.part).type)
  item.parts.push(newPart(kind ?? (place === "content" ? "output_text" : "reasoning_summary_text"), index, true))
}

function partDone(state: ResponsesState, event: WireEvent, breaks: RuleBreak[], place: StreamPlace): void {
  const item = streamedItem(state, event, breaks)
  const part = item && partOf(item, event, place === "content" ? "output_text" : "reasoning_summary_text", breaks)
  if (item === null || part === null) return
  const where = `part ${part.index} of item ${item.id}`
  if (part.done && part.isPart) {
    broken(breaks, "delta-before-done", `${event.type} comes again for ${where}`)
    return
  }
  if (!part.streamDone) broken(breaks, "stream-done-before-part-done", `${where} is done before what streams into it`)
  if (!samePart(part, read.members(event.part))) {
    broken(breaks, "item-repeats-its-parts", `${event.type} gives ${where} other text than was streamed`)
  }
  part.done = true
}

function streamDelta(state: ResponsesState, event: WireEvent, breaks: RuleBreak[], kind: StreamKind): void {
  const item = streamedItem(state, event, breaks)
  const part = item && partOf(item, event, kind, breaks)
  if (part === null) return
  if (part.streamDone || part.done) {
    broken(breaks, "delta-before-done", `${event.type} comes after the done of its stream (item ${item?.id})`)
  }
  part.text += read.text(event.delta) ?? ""
}

function streamDone(state: ResponsesState, event: WireEvent, breaks: RuleBreak[], kind: StreamKind): void {
  const item = streamedItem(state, event, breaks)
  const part = item && partOf(item, event, kind, breaks)
  if (item === null || part === null) return
  if (part.streamDone) broken(breaks, "delta-before-done", `${event.type} comes again for item ${item.id}`)
  const said = read.text(event[STREAMS[kind].field])
  if (said !== null && said !== part.text) {
    broken(breaks, "delta-concat-is-done", `${event.type} of item ${item.id} is not its deltas joined`)
  }
  part.streamDone = true
  if (!part.isPart) part.done = true
}
