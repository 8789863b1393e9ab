// Items and parts as the model keeps them: made from wire objects, moved through their phases, placed in the order.

import { type JsonObject, read } from "./read.ts"
import type { ItemState, PartState, RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

export interface Origin {
  readonly phase: string
  readonly responseId?: string
  readonly outputIndex?: number
  readonly generatedId?: boolean
}

/** A new item from its wire object, put into `state.items` (in place of one with the same id). */
export function rememberItem(state: RealtimeState, id: string, wire: JsonObject, origin: Origin): ItemState {
  const item: ItemState = {
    id,
    phase: origin.phase,
    type: read.text(wire.type) ?? "message",
    role: read.text(wire.role),
    responseId: origin.responseId ?? null,
    outputIndex: origin.outputIndex ?? 0,
    key: state.itemKeys.get(id) ?? null,
    parts: [],
    callId: read.text(wire.call_id),
    name: read.text(wire.name),
    arguments: "",
    argumentsDone: false,
    conversationDone: false,
    closed: false,
    generatedId: origin.generatedId ?? false,
    transcribed: false,
    wire,
  }
  state.itemKeys.delete(id)
  state.items.set(id, item)
  if (item.type === "function_call" && item.callId !== null) state.calls.add(item.callId)
  return item
}

/** Moves an item on a wire event; where no transition allows it, to `otherwise` (or nowhere). */
export function moveItem(state: RealtimeState, item: ItemState, on: string, otherwise: string = item.phase): void {
  item.phase = step(state.transitionsTaken, "item", item.phase, on) ?? otherwise
}

/** Places an id after another in the conversation; `root` is the head, an unknown or absent one the end. */
export function placeItem(order: string[], id: string, after: unknown): void {
  if (after === "root") {
    order.unshift(id)
    return
  }
  const index = order.indexOf(read.text(after) ?? "")
  if (index === -1 || index === order.length - 1) order.push(id)
  else order.splice(index + 1, 0, id)
}

export function newPart(contentIndex: number, kind: PartState["kind"]): PartState {
  return {
    contentIndex,
    kind,
    text: "",
    transcript: "",
    audioMs: 0,
    textDone: false,
    audioDone: false,
    transcriptDone: false,
    done: false,
  }
}

/** The part with a content_index, if the item has it. */
export function partAt(item: ItemState, contentIndex: number): PartState | undefined {
  return item.parts.find((part) => part.contentIndex === contentIndex)
}

/** Drops the acknowledgements of an item that wait for the end of a response. */
export function forgetDelayedAcks(state: RealtimeState, itemId: string): void {
  if (state.delayedAcks.length === 0) return
  const others = state.delayedAcks.filter((ack) => read.members(ack.item).id !== itemId)
  state.delayedAcks.splice(0, state.delayedAcks.length, ...others)
}
