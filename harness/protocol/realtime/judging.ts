// What the judge-*.ts files share: the form of a judge, how a broken rule is noted, whose response and item is meant.

import type { WireEvent } from "../event.ts"
import { read } from "./read.ts"
import type { RuleBreak, RuleId } from "./rules.ts"
import type { ItemState, RealtimeState, ResponseState } from "./state.ts"

/** Tracks one server event in `state` and adds the rules it breaks to `breaks`. Never throws. */
export type Judge = (state: RealtimeState, event: WireEvent, breaks: RuleBreak[]) => void

export function broken(breaks: RuleBreak[], rule: RuleId, message: string): void {
  breaks.push({ rule, message, party: "server" })
}

/** The response that `response_id` names, noting what is wrong with sending a `response.*` event of it now. */
export function responseOf(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): ResponseState | null {
  const id = read.text(event.response_id)
  if (id === null) return null
  const response = state.responses.get(id)
  if (response === undefined) {
    broken(breaks, "response-created-first", `${event.type} belongs to response ${id}, which was never created`)
    return null
  }
  if (!isRunning(response)) {
    broken(breaks, "nothing-after-response-done", `${event.type} comes after response.done of response ${id}`)
  }
  return response
}

/** The output item that `item_id` names, noting what is wrong with sending an event of it now. */
export function outputItemOf(
  state: RealtimeState,
  event: WireEvent,
  itemId: string | null,
  response: ResponseState,
  breaks: RuleBreak[],
): ItemState | null {
  if (itemId === null) return null
  const item = state.items.get(itemId)
  if (item === undefined || item.responseId !== response.id) {
    broken(breaks, "item-added-first", `${event.type} belongs to item ${itemId}, not added to response ${response.id}`)
    return null
  }
  const index = read.number(event.output_index)
  if (index !== null && index !== item.outputIndex) {
    const message = `${event.type} gives item ${itemId} output_index ${index}; it was added with ${item.outputIndex}`
    broken(breaks, "output-index-stable", message)
  }
  if (item.closed) {
    broken(breaks, "nothing-after-item-done", `${event.type} comes after response.output_item.done of item ${itemId}`)
  }
  return item
}

/** Notes an output item that goes on before the conversation has been told of it. */
export function expectListed(item: ItemState, response: ResponseState, event: WireEvent, breaks: RuleBreak[]): void {
  if (item.phase !== "open" || response.outOfBand) return
  const message = `${event.type} of item ${item.id} comes before its conversation.item.added`
  broken(breaks, "conversation-item-follows-output-item", message)
}

export function isRunning(response: ResponseState): boolean {
  return response.phase === "active" || response.phase === "cancelling"
}
