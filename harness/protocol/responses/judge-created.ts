// Judges the beginning of a response: whose turn it was, what it answers, and how it says so (PROTOCOL.md C.2, C.5).

import type { WireEvent } from "../event.ts"
import { type JsonObject, read } from "../realtime/read.ts"
import { broken, type Judge, judgeNumber, laneOf, named, nameOf } from "./judging.ts"
import { inFlight, inFlightAtMost, moveLane, nextCreate } from "./lanes.ts"
import { findPrevious } from "./memory.ts"
import type { RuleBreak } from "./rules.ts"
import type { Cause, Context, LaneState, PendingCreate, Remembered, ResponseState, ResponsesState } from "./state.ts"
import { isRunning, queuedSteers } from "./steering.ts"
import { step } from "./transitions.ts"

export const CREATED_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.created", responseCreated],
  ["response.queued", responseProgressed],
  ["response.in_progress", responseProgressed],
]

function responseCreated(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const lane = laneOf(state, event, breaks)
  const wire = read.object(event.response)
  const id = read.text(wire?.id)
  if (lane === null || wire === null || id === null) return
  if (state.responses.has(id)) {
    broken(breaks, "response-created-once", `response ${id} is created again`)
    return
  }
  if (wire.status !== "in_progress" && wire.status !== "queued") {
    broken(breaks, "response-created-in-progress", `response ${id} is created with status ${String(wire.status)}`)
  }
  judgeRoom(state, lane, id, breaks)
  const cause = causeOf(state, lane, id, breaks)
  judgeEcho(id, wire, cause, breaks)
  judgeNumber(begin(state, lane, id, wire, cause), event, breaks)
}

function judgeRoom(state: ResponsesState, lane: LaneState, id: string, breaks: RuleBreak[]): void {
  const running = inFlight(state)
  if (lane.running !== null) {
    const message = `response ${id} is created while response ${lane.running} runs on ${nameOf(lane)}`
    broken(breaks, "one-response-at-a-time", message)
  } else if (running >= inFlightAtMost) {
    broken(breaks, "in-flight-limit", `response ${id} is created while ${running} others run on the connection`)
  }
}

/** What the response answers: as the composer planned or else whatever is next on the lane. */
function causeOf(state: ResponsesState, lane: LaneState, id: string, breaks: RuleBreak[]): Cause | null {
  const next = nextCause(state, lane)
  const cause = state.plans.get(id) ?? next
  state.plans.delete(id)
  if (cause === null) {
    const message = `response ${id} answers no response.create on ${nameOf(lane)} and succeeds no steered response`
    broken(breaks, "response-has-a-cause", message)
    return null
  }
  const own = cause.kind === "steer" ? state.responses.get(cause.parentId)?.lane : cause.create.lane
  if (own !== lane.key) {
    broken(
      breaks,
      "stream-id-of-its-response",
      `response ${id} is created on ${nameOf(lane)}, not on its create's lane`,
    )
  } else if (cause.kind !== next?.kind || (cause.kind === "create" && cause.create !== nextCreate(state, lane.key))) {
    broken(breaks, "lane-in-order", `response ${id} is created before others that ${nameOf(lane)} owes first`)
  }
  if (cause.kind === "create") take(state, cause.create)
  return cause
}

function nextCause(state: ResponsesState, lane: LaneState): Cause | null {
  if (lane.successorOf !== null) return { kind: "steer", parentId: lane.successorOf }
  const create = nextCreate(state, lane.key)
  return create === null ? null : { kind: "create", create }
}

/** A create that we would have refused may start all the same: the server knows best what it has stored. */
function take(state: ResponsesState, create: PendingCreate): void {
  const index = state.pending.indexOf(create)
  if (index !== -1) state.pending.splice(index, 1)
  const owed = state.owedErrors.findIndex((error) => error.create === create)
  if (owed !== -1) state.owedErrors.splice(owed, 1)
}

function judgeEcho(id: string, wire: JsonObject, cause: Cause | null, breaks: RuleBreak[]): void {
  if (cause === null) return
  const previous = cause.kind === "steer" ? cause.parentId : cause.create.previousResponseId
  const told = wire.previous_response_id
  if (told !== undefined && read.text(told) !== previous) {
    broken(breaks, "echoes-its-create", `response ${id} says previous_response_id ${String(told)}, not ${previous}`)
    return
  }
  const asked = cause.kind === "create" ? read.object(cause.create.params.metadata) : null
  if (asked === null || wire.metadata === undefined) return
  const metadata = read.members(wire.metadata)
  if (Object.keys(asked).every((key) => metadata[key] === asked[key])) return
  broken(breaks, "echoes-its-create", `response ${id} does not carry the metadata of its response.create`)
}

function begin(
  state: ResponsesState,
  lane: LaneState,
  id: string,
  wire: JsonObject,
  cause: Cause | null,
): ResponseState {
  const { context, parent } = contextOf(state, lane, cause)
  const create = cause?.kind === "create" ? cause.create : null
  const steered = cause?.kind === "steer" ? state.responses.get(cause.parentId) : undefined
  const from = create === null ? "absent" : "requested"
  const response: ResponseState = {
    id,
    lane: lane.key,
    cause,
    context,
    parent,
    wire,
    nextSequence: 0,
    items: [],
    phase: step(state.transitionsTaken, "response", from, `response.created{${context}}`) ?? "created",
    generates: create?.generates ?? true,
    stores: create?.stores ?? steered?.stores ?? false,
    params: create?.params ?? steered?.params ?? {},
  }
  state.responses.set(id, response)
  commitSteers(state, lane, cause)
  moveLane(state, lane, "response.created", "busy")
  lane.running = id
  lane.last = id
  return response
}

function contextOf(state: ResponsesState, lane: LaneState, cause: Cause | null) {
  const previous = cause?.kind === "steer" ? cause.parentId : (cause?.create.previousResponseId ?? null)
  const found = previous === null ? null : findPrevious(state, previous, lane.key)
  const parent: Remembered | null = found?.parent ?? null
  const lawful: Context = previous === null ? "fresh" : (found?.context ?? "hydrated")
  return { context: cause?.kind === "steer" ? "steered" : lawful, parent } as const
}

/** The creation of what continues from a steered response on its lane is the commit point of the steering. */
function commitSteers(state: ResponsesState, lane: LaneState, cause: Cause | null): void {
  if (cause?.kind === "steer") lane.successorOf = null
  const parentId = cause?.kind === "steer" ? cause.parentId : cause?.create.previousResponseId
  for (const steer of queuedSteers(state, parentId ?? "")) if (steer.lane === lane.key) steer.phase = "committed"
}

function responseProgressed(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  const response = named(state, event, breaks)
  if (response === null) return
  if (!isRunning(response)) {
    broken(breaks, "nothing-after-terminal", `${event.type} comes after response ${response.id} ended`)
    return
  }
  judgeNumber(response, event, breaks)
  const next = step(state.transitionsTaken, "response", response.phase, event.type)
  if (next === null) {
    broken(
      breaks,
      "in-progress-before-output",
      `${event.type} comes while response ${response.id} is ${response.phase}`,
    )
  }
  response.phase = next ?? "active"
}
