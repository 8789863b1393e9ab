// Judges what the server says of steering: accepted, pending, failed (PROTOCOL.md C.5). The successor itself is judged as
// any response is, in judge-created.ts.

import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import { broken, type Judge, laneOf, noteNumber } from "./judging.ts"
import { moveLane } from "./lanes.ts"
import { callsOwedBy } from "./memory.ts"
import type { RuleBreak } from "./rules.ts"
import type { ResponsesState, SteerState } from "./state.ts"
import { queuedSteers } from "./steering.ts"
import { step } from "./transitions.ts"

export const STEER_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.steer.accepted", steerAccepted],
  ["response.steer.pending", steerPending],
  ["response.steer.failed", steerFailed],
]

/** The steering that an event is about, by its id or, where none was given, by what it was to steer. */
function steerOf(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): SteerState | null {
  if (laneOf(state, event, breaks) === null) return null
  const { id, previous_response_id } = read.members(event.steer)
  const isMeant = (steer: SteerState) =>
    id === undefined
      ? steer.phase === "refused" && steer.parentId === (previous_response_id ?? "")
      : steer.phase === "queued" && steer.id === id
  const steer = state.steers.find(isMeant)
  if (steer === undefined) {
    broken(
      breaks,
      "steer-answers-steer",
      `${event.type} is about steering that the client did not send or that is over`,
    )
    return null
  }
  noteNumber(state.responses.get(steer.parentId), event)
  return steer
}

function steerAccepted(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const steer = steerOf(state, event, breaks)
  const response = state.responses.get(steer?.parentId ?? "")
  if (response !== undefined) step(state.transitionsTaken, "response", response.phase, event.type)
}

function steerPending(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const steer = steerOf(state, event, breaks)
  if (steer === null) return
  const response = state.responses.get(steer.parentId)
  if (response?.phase === "completed" && callsOwedBy(response).length > 0) {
    step(state.transitionsTaken, "response", response.phase, event.type)
    return
  }
  const message = `${event.type} of response ${steer.parentId}, which has not completed or waits for no tool output`
  broken(breaks, "steer-pending-after-completed", message)
}

function steerFailed(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const steer = steerOf(state, event, breaks)
  if (steer === null) return
  steer.phase = "failed"
  const lane = state.lanes.get(steer.lane)
  if (lane?.successorOf !== steer.parentId || queuedSteers(state, steer.parentId).length > 0) return
  lane.successorOf = null
  moveLane(state, lane, event.type, "free")
}
