// Judges output items: their adding and closing, and that finished parts and items repeat what was streamed.

import type { WireEvent } from "../event.ts"
import { moveItem, partAt, rememberItem } from "./items.ts"
import { broken, expectListed, type Judge, outputItemOf, responseOf } from "./judging.ts"
import { type JsonObject, read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { ItemState, PartState, RealtimeState, ResponseState } from "./state.ts"
import { step } from "./transitions.ts"

export const ITEM_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.output_item.added", itemAdded],
  ["response.output_item.done", itemDone],
]

function itemAdded(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const response = responseOf(state, event, breaks)
  const wire = read.object(event.item)
  const id = read.text(wire?.id)
  if (response === null || wire === null || id === null) return
  step(state.transitionsTaken, "response", response.phase, event.type)
  if (state.items.get(id)?.responseId === response.id) {
    broken(breaks, "item-added-once", `item ${id} is added to response ${response.id} again`)
  }
  const expected = response.items.length
  const outputIndex = read.number(event.output_index) ?? expected
  if (outputIndex !== expected) {
    const message = `item ${id} is added with output_index ${outputIndex}; the next of response ${response.id} is ${expected}`
    broken(breaks, "output-index-in-order", message)
  }
  const item = rememberItem(state, id, wire, { phase: "absent", responseId: response.id, outputIndex })
  moveItem(state, item, "response.output_item.added", "open")
  response.items.push(item)
}

function itemDone(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const response = responseOf(state, event, breaks)
  const wire = read.object(event.item)
  if (response === null || wire === null) return
  const item = outputItemOf(state, event, read.text(wire.id), response, breaks)
  if (item === null) return
  step(state.transitionsTaken, "response", response.phase, event.type)
  judgeClosing(item, response, event, breaks)
  checkRepeated(item, wire, event.type, breaks)
  moveItem(state, item, event.type, item.phase === "deleted" ? "deleted" : "closed")
  item.closed = true
  item.wire = wire
}

function judgeClosing(item: ItemState, response: ResponseState, event: WireEvent, breaks: RuleBreak[]): void {
  if (item.closed) return
  expectListed(item, response, event, breaks)
  const open = item.parts.some((part) => !part.done) || (item.type === "function_call" && !item.argumentsDone)
  if (open) {
    const message = `item ${item.id} is done before its ${item.type === "function_call" ? "arguments" : "parts"}`
    broken(breaks, "parts-done-before-item-done", message)
  }
  if (!response.outOfBand && !item.conversationDone && item.phase !== "deleted") {
    const message = `item ${item.id} is done in its response before it is done in the conversation`
    broken(breaks, "conversation-item-done-before-output-item-done", message)
  }
}

/** Notes where a finished item departs from what was streamed of it. Members that it leaves out say nothing. */
export function checkRepeated(item: ItemState, wire: JsonObject, where: string, breaks: RuleBreak[]): void {
  if (item.type === "function_call") {
    const given = read.text(wire.arguments)
    if (given !== null && given !== item.arguments) {
      broken(breaks, "item-repeats-its-parts", `${where} gives item ${item.id} other arguments than were streamed`)
    }
    return
  }
  for (const [index, content] of read.list(wire.content).entries()) {
    const part = partAt(item, index)
    if (part === undefined || samePart(part, read.members(content))) continue
    broken(
      breaks,
      "item-repeats-its-parts",
      `${where} gives part ${index} of item ${item.id} other text than was streamed`,
    )
  }
}

/** Whether a finished part says what was streamed; a member it leaves out says nothing. */
export function samePart(part: PartState, wire: JsonObject): boolean {
  const said = read.text(part.kind === "text" ? wire.text : wire.transcript)
  return said === null || said === (part.kind === "text" ? part.text : part.transcript)
}
