// Judges `error` in all its shapes, and finds what it ends: an event that was refused, the response that runs on its
// lane, the create that waits there first, or nothing but the peace of the connection (PROTOCOL.md C.4).

import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import { endResponseState } from "./ending.ts"
import { CONNECTION_LIMIT } from "./errors.ts"
import { broken, type Judge, judgeNumber, laneOf } from "./judging.ts"
import { moveLane, nextCreate } from "./lanes.ts"
import { evictAfterFailure } from "./memory.ts"
import type { RuleBreak } from "./rules.ts"
import type { LaneState, PendingCreate, ResponsesState } from "./state.ts"
import { step } from "./transitions.ts"

export const ERROR_JUDGES: readonly (readonly [string, Judge])[] = [["error", errorSent]]

function errorSent(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const members = read.object(event.error) ?? event
  const code = read.text(members.code)
  if (read.text(members.message) === null) broken(breaks, "error-says-what", "an error has no message")
  if (code === CONNECTION_LIMIT) {
    if (read.text(event.stream_id) !== null) {
      broken(breaks, "connection-error-has-no-stream-id", `error ${code} carries a stream_id`)
    }
    moveConnection(state, `error{${code}}`)
    return
  }
  const lane = laneOf(state, event, breaks)
  if (lane === null || answersRefused(state, lane, code)) return
  const running = state.responses.get(lane.running ?? "")
  if (running !== undefined) {
    if (event.sequence_number !== undefined) judgeNumber(running, event, breaks)
    endResponseState(state, running, "error")
    return
  }
  const waiting = nextCreate(state, lane.key)
  if (waiting === null || lane.successorOf !== null) moveConnection(state, "error")
  else dropCreate(state, lane, waiting)
}

/** Settles the refusal that the server owes for this code; one without a lane also while a response runs. */
function answersRefused(state: ResponsesState, lane: LaneState, code: string | null): boolean {
  const index = state.owedErrors.findIndex((owed) => owed.lane === lane.key && owed.refused.code === code)
  const owed = state.owedErrors[index]
  if (owed === undefined) return false
  state.owedErrors.splice(index, 1)
  if (owed.create === null) moveConnection(state, "error")
  else settleCreate(state, lane, owed.create)
  return true
}

/** A create whose turn it was is refused before it became a response. */
function dropCreate(state: ResponsesState, lane: LaneState, create: PendingCreate): void {
  const index = state.pending.indexOf(create)
  if (index !== -1) {
    state.pending.splice(index, 1)
    step(state.transitionsTaken, "response", "requested", "error")
  }
  const owed = state.owedErrors.findIndex((error) => error.create === create)
  if (owed !== -1) state.owedErrors.splice(owed, 1) // refused, though with other words than ours
  settleCreate(state, lane, create)
}

function settleCreate(state: ResponsesState, lane: LaneState, create: PendingCreate): void {
  evictAfterFailure(state, create)
  moveLane(state, lane, "error", lane.phase)
}

function moveConnection(state: ResponsesState, on: string): void {
  state.phase = step(state.transitionsTaken, "connection", state.phase, on) ?? state.phase
}
