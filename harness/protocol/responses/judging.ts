// What the judge-*.ts files share: the form of a judge, how a broken rule is noted, whose lane, response and item is meant.
// Deltas carry no response id, so an event belongs to what runs on its lane (PROTOCOL.md C.2).

import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import type { RuleBreak, RuleId } from "./rules.ts"
import type { ItemState, LaneState, ResponseState, ResponsesState } from "./state.ts"
import { isRunning } from "./steering.ts"

/** Tracks one server event in `state` and adds the rules it breaks to `breaks`. Never throws. */
export type Judge = (state: ResponsesState, event: WireEvent, breaks: RuleBreak[]) => void

export function broken(breaks: RuleBreak[], rule: RuleId, message: string): void {
  breaks.push({ rule, message, party: "server" })
}

/** The lane of an event; null (and a break) when the client never named it. */
export function laneOf(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): LaneState | null {
  const name = event.stream_id ?? null
  const lane = name === null || typeof name === "string" ? state.lanes.get(name) : undefined
  if (lane !== undefined) return lane
  const message = `${event.type} carries stream_id ${JSON.stringify(name)}, which the client has not named`
  broken(breaks, "stream-id-known", message)
  return null
}

/** The response that an event without its id belongs to: the one that runs on the lane. Judges its number as well. */
export function attributed(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): ResponseState | null {
  const lane = laneOf(state, event, breaks)
  if (lane === null) return null
  const response = state.responses.get(lane.running ?? "")
  if (response === undefined) {
    const rule = lane.last === null ? "response-created-first" : "nothing-after-terminal"
    broken(breaks, rule, `${event.type} comes while no response runs on ${nameOf(lane)}`)
    return null
  }
  judgeNumber(response, event, breaks)
  return response
}

/** The response that an event with its id belongs to, running or not. An id that nobody knows stands for what runs. */
export function named(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): ResponseState | null {
  const lane = laneOf(state, event, breaks)
  if (lane === null) return null
  const id = read.text(read.members(event.response).id)
  const known = state.responses.get(id ?? "")
  if (known !== undefined) {
    if (known.lane === lane.key) return known
    const message = `${event.type} of response ${known.id} comes on ${nameOf(lane)}, not on its own`
    broken(breaks, "stream-id-of-its-response", message)
    return isRunning(known) ? known : null
  }
  const running = state.responses.get(lane.running ?? "")
  if (running === undefined) {
    broken(breaks, "response-created-first", `${event.type} of response ${id}, which was never created`)
    return null
  }
  broken(breaks, "response-id-stable", `${event.type} names response ${id} while ${running.id} runs on ${nameOf(lane)}`)
  return running
}

export function judgeNumber(response: ResponseState, event: WireEvent, breaks: RuleBreak[]): void {
  const given = read.number(event.sequence_number)
  const expected = response.nextSequence
  response.nextSequence = (given ?? expected) + 1
  if (given === null) {
    broken(breaks, "sequence-number-present", `${event.type} of response ${response.id} has no sequence_number`)
  } else if (given !== expected) {
    const message = `${event.type} of response ${response.id} has sequence_number ${given}; the next is ${expected}`
    broken(breaks, "sequence-number-in-order", message)
  }
}

/** An event that need not be numbered with the response may still take its next number. */
export function noteNumber(response: ResponseState | undefined, event: WireEvent): void {
  if (response !== undefined && event.sequence_number === response.nextSequence) response.nextSequence += 1
}

/** The output item at `output_index`, noting what is wrong with sending an event of it now. */
export function itemOf(
  response: ResponseState,
  event: WireEvent,
  itemId: string | null,
  breaks: RuleBreak[],
): ItemState | null {
  const index = read.number(event.output_index)
  const item = response.items.find(({ outputIndex }) => outputIndex === index)
  if (item === undefined) {
    const message = `${event.type} belongs to output_index ${index}, which response ${response.id} does not have`
    broken(breaks, "item-added-first", message)
    return null
  }
  if (itemId !== null && itemId !== item.id) {
    broken(breaks, "item-id-stable", `${event.type} calls the item at output_index ${index} ${itemId}, not ${item.id}`)
  }
  if (item.phase === "closed") {
    broken(breaks, "nothing-after-item-done", `${event.type} comes after response.output_item.done of item ${item.id}`)
  }
  return item
}

export function nameOf({ key }: Pick<LaneState, "key">): string {
  return key === null ? "the default lane" : `lane ${key}`
}
