// Whose turn it is: lanes by name, what runs on them, and which of the waiting creates may start (PROTOCOL.md C.2).

import type { LaneKey, LaneState, PendingCreate, ResponsesState } from "./state.ts"
import { createLane } from "./state.ts"
import { step } from "./transitions.ts"

/** Responses that run at once in a connection with lanes; more are queued. */
export const inFlightAtMost = 16
/** Named lanes in a connection's life; the default lane does not count. */
export const namedLanesAtMost = 32

/** The lane, made when it is new. */
export function laneNamed(state: ResponsesState, key: LaneKey): LaneState {
  const known = state.lanes.get(key)
  if (known !== undefined) return known
  const lane = createLane(key)
  state.lanes.set(key, lane)
  return lane
}

export function moveLane(state: ResponsesState, lane: LaneState, on: string, otherwise: string): void {
  lane.phase = step(state.transitionsTaken, "lane", lane.phase, on) ?? otherwise
}

export function inFlight(state: ResponsesState): number {
  let running = 0
  for (const lane of state.lanes.values()) if (lane.running !== null) running += 1
  return running
}

/** Whether a create that came on a lane now would have to wait for another. */
export function wouldQueue(state: ResponsesState, key: LaneKey): boolean {
  const owed = state.owedErrors.some(({ create }) => create !== null && create.lane === key)
  return owed || state.pending.some((pending) => pending.lane === key) || !hasRoom(state, key)
}

/** Whether nothing keeps a waiting create from starting now. */
export function mayStart(state: ResponsesState, pending: PendingCreate): boolean {
  return nextCreate(state, pending.lane) === pending && hasRoom(state, pending.lane)
}

/** The create that a lane has to answer first, whether with a response or with the error that is owed. */
export function nextCreate(state: ResponsesState, key: LaneKey): PendingCreate | null {
  let next: PendingCreate | null = null
  for (const create of [...state.pending, ...state.owedErrors.map((owed) => owed.create)]) {
    if (create === null || create.lane !== key) continue
    if (next === null || create.order < next.order) next = create
  }
  return next
}

function hasRoom(state: ResponsesState, key: LaneKey): boolean {
  const lane = state.lanes.get(key)
  if (lane === undefined) return inFlight(state) < inFlightAtMost
  return lane.running === null && lane.successorOf === null && inFlight(state) < inFlightAtMost
}
