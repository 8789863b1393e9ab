// Judges the conversation: items added, done, changed and removed (PROTOCOL.md B.5).

import type { WireEvent } from "../event.ts"
import { forgetDelayedAcks, moveItem, partAt, placeItem, rememberItem } from "./items.ts"
import { broken, type Judge } from "./judging.ts"
import { type JsonObject, read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { ItemState, RealtimeState } from "./state.ts"

export const CONVERSATION_JUDGES: readonly (readonly [string, Judge])[] = [
  ["conversation.item.added", itemAdded],
  ["conversation.item.created", itemAdded], // the beta name, still in the GA union
  ["conversation.item.done", itemDone],
  ["conversation.item.deleted", itemDeleted],
  ["conversation.item.retrieved", (state, event) => moved(state, read.members(event.item).id, event.type)],
  ["conversation.item.truncated", itemTruncated],
]

function itemAdded(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const wire = read.object(event.item)
  const id = read.text(wire?.id)
  if (wire === null || id === null) return
  acknowledged(state, event, id)
  const item = state.items.get(id) ?? adopted(state, id, wire)
  if (isOutOfBand(state, item)) {
    noteOutOfBand(event, item, breaks)
    return
  }
  if (item.phase === "allocated") {
    broken(breaks, "committed-before-user-item", `item ${id} is added before its audio is committed`)
  }
  if (item.phase === "listed" || item.phase === "finished" || item.phase === "closed") {
    if (item.conversationDone || item.phase === "listed") {
      broken(breaks, "conversation-item-once", `item ${id} is added to the conversation again`)
    }
    return
  }
  if (item.phase !== "asked" && item.phase !== "deleted") placeItem(state.order, id, event.previous_item_id)
  if (item.responseId === null) item.wire = wire
  moveItem(state, item, "conversation.item.added", item.phase === "deleted" ? "deleted" : "listed")
}

function itemDone(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const wire = read.object(event.item)
  const id = read.text(wire?.id)
  if (wire === null || id === null) return
  acknowledged(state, event, id)
  const item = state.items.get(id) ?? adopted(state, id, wire)
  if (isOutOfBand(state, item)) {
    noteOutOfBand(event, item, breaks)
    return
  }
  if (item.conversationDone) {
    broken(breaks, "conversation-item-once", `item ${id} is done in the conversation again`)
  } else if (item.phase !== "listed" && item.phase !== "closed" && item.phase !== "deleted") {
    broken(breaks, "conversation-item-added-before-done", `item ${id} is done before conversation.item.added`)
  }
  moveItem(state, item, event.type, item.phase === "closed" || item.phase === "deleted" ? item.phase : "finished")
  item.conversationDone = true
  if (state.input.unlisted === id) state.input.unlisted = null
}

function itemDeleted(state: RealtimeState, event: WireEvent): void {
  const id = read.text(event.item_id)
  const item = state.items.get(id ?? "")
  if (item === undefined) return
  moveItem(state, item, event.type, "deleted")
  const index = state.order.indexOf(item.id)
  if (index !== -1) state.order.splice(index, 1)
  if (item.responseId === null || item.closed) state.items.delete(item.id)
}

function itemTruncated(state: RealtimeState, event: WireEvent): void {
  moved(state, event.item_id, event.type)
  const item = state.items.get(read.text(event.item_id) ?? "")
  const part = item && partAt(item, read.number(event.content_index) ?? -1)
  const endMs = read.number(event.audio_end_ms)
  if (part !== undefined && endMs !== null) part.audioMs = Math.min(part.audioMs, endMs)
}

function moved(state: RealtimeState, id: unknown, on: string): void {
  const item = state.items.get(read.text(id) ?? "")
  if (item !== undefined) moveItem(state, item, on)
}

/** An item the model has not heard of. When its client chose no id, it is the oldest such item under the server's id
 * (recorded logs: the model made up another). */
function adopted(state: RealtimeState, id: string, wire: JsonObject): ItemState {
  for (const asked of state.items.values()) {
    if (asked.phase !== "asked" || !asked.generatedId || asked.type !== (wire.type ?? "message")) continue
    state.items.delete(asked.id)
    const index = state.order.indexOf(asked.id)
    if (index !== -1) state.order[index] = id
    forgetDelayedAcks(state, asked.id)
    return rememberItem(state, id, wire, { phase: "asked" })
  }
  return rememberItem(state, id, wire, { phase: "absent" })
}

function acknowledged(state: RealtimeState, event: WireEvent, id: string): void {
  if (state.delayedAcks.length === 0) return
  const index = state.delayedAcks.findIndex((ack) => ack.type === event.type && read.members(ack.item).id === id)
  if (index !== -1) state.delayedAcks.splice(index, 1)
}

function isOutOfBand(state: RealtimeState, item: ItemState): boolean {
  return item.responseId !== null && state.responses.get(item.responseId)?.outOfBand === true
}

function noteOutOfBand(event: WireEvent, item: ItemState, breaks: RuleBreak[]): void {
  const message = `${event.type} tells of item ${item.id}, which belongs to the out-of-band response ${item.responseId}`
  broken(breaks, "out-of-band-stays-out", message)
}
