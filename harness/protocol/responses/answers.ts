// What a correct server does with a client event: the change in what it knows, and what it says at once. Errors and
// steer events are composed here and applied by nobody but applyServer.

import type { WireEvent } from "../event.ts"
import type { Ids } from "../realtime/ids.ts"
import { read } from "../realtime/read.ts"
import { laneKeyOf } from "./client-rules.ts"
import { type Composer, refusalEvent } from "./composer.ts"
import type { ErrorShape, Refusal } from "./errors.ts"
import { laneNamed, moveLane } from "./lanes.ts"
import type { PendingCreate, ResponsesState, SteerState } from "./state.ts"
import { refuseSteer } from "./steering.ts"
import { step } from "./transitions.ts"

export interface Answering {
  readonly state: ResponsesState
  readonly ids: Ids
  readonly composer: Composer
  readonly shape: ErrorShape
  /** What `store` is for a create that does not say. */
  readonly stored: boolean
}

/** Takes an accepted event. When a response starts is for the caller to choose, so a create has no answer yet. */
export function answerClient(answering: Answering, event: WireEvent): WireEvent[] {
  if (event.type === "response.steer") return answerSteer(answering, event)
  const { state } = answering
  const create = rememberCreate(answering, event)
  state.pending.push(create)
  const on = create.generates ? "response.create" : "response.create{generate: false}"
  step(state.transitionsTaken, "response", "absent", on)
  return []
}

/** Takes a refused message; the error it answers with. */
export function answerRefused(answering: Answering, event: WireEvent | null, refused: Refusal): WireEvent[] {
  const { state, shape } = answering
  const create = event?.type === "response.create" && !refused.ofConnection ? rememberCreate(answering, event) : null
  const lane = create?.lane ?? null
  state.owedErrors.push({ lane, refused, create })
  if (event?.type === "response.create") step(state.transitionsTaken, "response", "absent", "response.create{refused}")
  return [refusalEvent(refused, lane, shape)]
}

function rememberCreate({ state, ids, stored }: Answering, event: WireEvent): PendingCreate {
  const { type: _, stream_id: __, ...params } = event
  const lane = laneNamed(state, laneKeyOf(event))
  moveLane(state, lane, "response.create", lane.phase)
  state.creates += 1
  return {
    order: state.creates,
    lane: lane.key,
    responseId: ids.next("resp"),
    previousResponseId: read.text(event.previous_response_id),
    generates: event.generate !== false,
    stores: typeof event.store === "boolean" ? event.store : stored,
    params,
  }
}

function answerSteer({ state, ids, composer }: Answering, event: WireEvent): WireEvent[] {
  const refused = refuseSteer(state, event)
  const parentId = read.text(event.previous_response_id) ?? ""
  const steer: SteerState = {
    id: refused === null ? ids.next("steer") : null,
    parentId,
    lane: state.responses.get(parentId)?.lane ?? null,
    input: event.input,
    phase: refused === null ? "queued" : "refused",
  }
  state.steers.push(steer)
  return refused === null ? composer.steerAccepted(steer) : composer.steerFailed(steer, refused)
}
