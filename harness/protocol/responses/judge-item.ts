// Judges output items: their adding and closing, and that finished parts and items repeat what was streamed.

import type { WireEvent } from "../event.ts"
import { type JsonObject, read } from "../realtime/read.ts"
import { attributed, broken, itemOf, type Judge } from "./judging.ts"
import type { RuleBreak } from "./rules.ts"
import type { ItemState, PartState, ResponseState, ResponsesState } from "./state.ts"
import { STREAMS, type StreamKind, streamInto } from "./streams.ts"
import { step } from "./transitions.ts"

export const ITEM_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.output_item.added", itemAdded],
  ["response.output_item.done", itemDone],
]

function itemAdded(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const response = attributed(state, event, breaks)
  const wire = read.object(event.item)
  const id = read.text(wire?.id)
  if (response === null || wire === null || id === null) return
  step(state.transitionsTaken, "response", response.phase, event.type)
  judgeAdding(response, id, event, breaks)
  const type = read.text(wire.type) ?? ""
  const stream = streamInto("item", type)
  response.items.push({
    id,
    type,
    wire,
    outputIndex: read.number(event.output_index) ?? response.items.length,
    phase: step(state.transitionsTaken, "item", "absent", event.type) ?? "open",
    key: state.itemKeys.get(id) ?? null,
    parts: stream === null ? [] : [newPart(stream, 0, false)],
  })
  state.itemKeys.delete(id)
}

function judgeAdding(response: ResponseState, id: string, event: WireEvent, breaks: RuleBreak[]): void {
  if (response.phase !== "active") {
    const message = `item ${id} is added while response ${response.id} is ${response.phase}`
    broken(breaks, "in-progress-before-output", message)
  }
  if (!response.generates) {
    broken(breaks, "warm-up-has-no-output", `item ${id} is added to response ${response.id}, which is a warm-up`)
  }
  const expected = response.items.length
  if (event.output_index !== expected || response.items.some((item) => item.id === id)) {
    const message = `item ${id} is added at output_index ${String(event.output_index)}; the next of response ${response.id} is a new item at ${expected}`
    broken(breaks, "output-index-in-order", message)
  }
}

function itemDone(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const response = attributed(state, event, breaks)
  const wire = read.object(event.item)
  if (response === null || wire === null) return
  step(state.transitionsTaken, "response", response.phase, event.type)
  const item = itemOf(response, event, read.text(wire.id), breaks)
  if (item === null || item.phase === "closed") return
  if (item.parts.some(isOpen)) {
    broken(breaks, "parts-done-before-item-done", `item ${item.id} is done before its parts or arguments`)
  }
  checkNames(item, wire, breaks)
  checkRepeated(item, wire, event.type, breaks)
  item.phase = step(state.transitionsTaken, "item", item.phase, event.type) ?? "closed"
  item.wire = wire
}

/** Of the streams into an item only the arguments of a function call always come. */
function isOpen({ kind, done, text, isPart }: PartState): boolean {
  return !done && (isPart || text !== "" || kind === "function_call_arguments")
}

function checkNames(item: ItemState, wire: JsonObject, breaks: RuleBreak[]): void {
  for (const name of ["call_id", "name"]) {
    const before = read.text(item.wire[name])
    const now = read.text(wire[name])
    if (before === null || now === null || before === now) continue
    broken(breaks, "call-keeps-its-names", `item ${item.id} is done with ${name} ${now}; it was added with ${before}`)
  }
}

/** Notes where a finished item departs from what was streamed of it. Members that it leaves out say nothing. */
export function checkRepeated(item: ItemState, wire: JsonObject, where: string, breaks: RuleBreak[]): void {
  for (const part of item.parts) {
    if (!part.done || samePart(part, holderOf(part, wire))) continue
    broken(breaks, "item-repeats-its-parts", `${where} gives item ${item.id} other text than was streamed`)
    return
  }
}

/** Whether a finished part says what was streamed; a member it leaves out says nothing. */
export function samePart(part: PartState, wire: JsonObject): boolean {
  const said = read.text(wire[STREAMS[part.kind].field])
  return said === null || said === part.text
}

export function newPart(kind: StreamKind, index: number, isPart: boolean): PartState {
  return { kind, index, isPart, text: "", streamDone: false, done: false }
}

function holderOf({ kind, index }: PartState, wire: JsonObject): JsonObject {
  const { place } = STREAMS[kind]
  return place === "item" ? wire : read.members(read.list(wire[place])[index])
}
