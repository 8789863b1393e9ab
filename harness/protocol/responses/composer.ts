// Lawful server output, composed from the model's current state and NOT applied: compose, apply what was sent, compose
// the next. (Two compositions without applying between them would give two events the same sequence_number.)

import type { WireEvent } from "../event.ts"
import type { Ids } from "../realtime/ids.ts"
import { composeResponses, type ResponseComposer } from "./compose-response.ts"
import { steerAccepted, steerFailed, steerPending } from "./compose-steer.ts"
import { CONNECTION_LIMIT, type ErrorMembers, type ErrorShape, errorEvent, type Refusal } from "./errors.ts"
import { callsOwedBy } from "./memory.ts"
import type { LaneKey, PendingCreate, ResponsesState, SteerState } from "./state.ts"
import type { SteerCode } from "./steering.ts"

export interface ErrorOptions extends ErrorMembers {
  /** What it ends: a create that waits, or a response by id. Absent: no lane is to blame. */
  readonly for?: PendingCreate | string
  /** Defaults to the model's. */
  readonly shape?: ErrorShape
}

export interface Composer extends ResponseComposer {
  /** Clients cannot tell an error without stream_id from one of the default lane; nor can the model, so send an error
   * without `for` only while that lane rests, or expect its response to end. */
  error(options: ErrorOptions): WireEvent[]
  /** previous_response_not_found for a create, whatever the server remembers. */
  previousNotFound(pending: PendingCreate): WireEvent[]
  /** The 60-minute error; the server then closes (PROTOCOL.md C.3). */
  connectionLimit(shape?: ErrorShape): WireEvent[]
  /** The errors that refused events still wait for, in case the answers of applyClient were not sent. */
  owedErrors(): WireEvent[]
  steerAccepted(steer: SteerState): WireEvent[]
  steerPending(steer: SteerState): WireEvent[]
  steerFailed(steer: SteerState, code?: SteerCode): WireEvent[]
  /** Steered responses that have ended and whose successor the server is to create, by id. */
  successorsOwed(): string[]
}

export function createComposer(state: ResponsesState, ids: Ids, defaultShape: ErrorShape): Composer {
  const responses = composeResponses(state, ids, defaultShape)
  const error = ({ for: target, shape = defaultShape, ...members }: ErrorOptions) => [
    errorEvent(members, placeOf(state, target), shape),
  ]
  const sequenceFor = ({ parentId }: SteerState) => state.responses.get(parentId)?.nextSequence ?? 0
  return {
    error,
    previousNotFound: (pending) =>
      error({
        ...{ for: pending, code: "previous_response_not_found", param: "previous_response_id" },
        message: `Previous response with id '${pending.previousResponseId}' not found.`,
      }),
    connectionLimit: (shape = defaultShape) =>
      error({
        ...{ code: CONNECTION_LIMIT, shape },
        message:
          "Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.",
      }),
    owedErrors: () => state.owedErrors.map(({ refused, lane }) => refusalEvent(refused, lane, defaultShape)),
    steerAccepted: (steer) => [steerAccepted(steer, sequenceFor(steer))],
    steerPending(steer) {
      const response = state.responses.get(steer.parentId)
      return [steerPending(steer, response ? callsOwedBy(response) : [], sequenceFor(steer))]
    },
    steerFailed: (steer, code = "successor_creation_failed") => [steerFailed(steer, code, sequenceFor(steer))],
    successorsOwed: () =>
      [...state.lanes.values()].flatMap(({ successorOf }) => (successorOf === null ? [] : [successorOf])),
    ...responses,
  }
}

/** The error with which a client event is refused. */
export function refusalEvent({ code, message, param }: Refusal, lane: LaneKey, shape: ErrorShape): WireEvent {
  return errorEvent({ code, message, param }, { lane, sequence: 0 }, shape)
}

function placeOf(state: ResponsesState, target: PendingCreate | string | undefined) {
  if (typeof target === "object") return { lane: target.lane, sequence: 0 }
  const response = target === undefined ? undefined : state.responses.get(target)
  return { lane: response?.lane ?? null, sequence: response?.nextSequence ?? 0 }
}
