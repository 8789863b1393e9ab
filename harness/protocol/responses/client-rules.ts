// Which client events the server refuses, and with which error. Nothing changes here: answers.ts does what is accepted.
// Steering is refused with an event of its own, see steering.ts.

import type { MalformedFrame, WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import { type Refusal, refuse } from "./errors.ts"
import { namedLanesAtMost, wouldQueue } from "./lanes.ts"
import { findPrevious } from "./memory.ts"
import type { LaneKey, PendingCreate, ResponsesState } from "./state.ts"
import { refuseToolCalls } from "./tool-calls.ts"

/** What a client sends: an event, or text that is none. */
export type ClientMessage = WireEvent | MalformedFrame

/** Why the server refuses a message now, or null: it accepts, or it queues a create and looks at its context in turn. */
export function refuseClient(state: ResponsesState, message: ClientMessage): Refusal | null {
  if (!isEvent(message)) return refuseMalformed(message)
  const supported = supportedTypes(state)
  if (!supported.includes(message.type)) return refuse.unknownType(message.type, supported)
  return message.type === "response.create" ? refuseCreate(state, message) : null
}

/** Why a create whose turn it is cannot start: what it continues from is gone, or tool calls are left open. */
export function refuseContext(
  state: ResponsesState,
  create: Pick<PendingCreate, "lane" | "previousResponseId" | "params">,
): Refusal | null {
  const { lane, previousResponseId, params } = create
  if (previousResponseId === null) return refuseToolCalls(params.input, null)
  const found = findPrevious(state, previousResponseId, lane)
  if (found === null) return refuse.previousNotFound(previousResponseId)
  return refuseToolCalls(params.input, found.parent)
}

export function isEvent(message: ClientMessage): message is WireEvent {
  return "type" in message && typeof message.type === "string"
}

export function laneKeyOf(event: WireEvent): LaneKey {
  return read.text(event.stream_id)
}

/** Launch-time servers know no lanes and no steering (PROTOCOL.md C.2); there is no response.cancel (C.1). */
function supportedTypes({ profile }: ResponsesState): readonly string[] {
  return profile === "lanes" ? ["response.create", "response.steer"] : ["response.create"]
}

function refuseCreate(state: ResponsesState, event: WireEvent): Refusal | null {
  const { stream_id, previous_response_id, input } = event
  const badLane = refuseLane(state, stream_id)
  if (badLane !== null) return badLane
  if (previous_response_id !== undefined && previous_response_id !== null && typeof previous_response_id !== "string") {
    return refuse.invalidType("previous_response_id", "a string or null")
  }
  if (input !== undefined && typeof input !== "string" && !Array.isArray(input)) {
    return refuse.invalidType("input", "a string or an array of input items")
  }
  if (event.background === true) return refuse.noBackground()
  const lane = laneKeyOf(event)
  if (wouldQueue(state, lane)) return null
  return refuseContext(state, { lane, previousResponseId: read.text(previous_response_id), params: event })
}

function refuseLane(state: ResponsesState, name: unknown): Refusal | null {
  if (name === undefined) return null
  if (state.profile === "single") return { ...refuse.unknownParameter("stream_id"), ofConnection: true }
  if (typeof name !== "string" || !/^[A-Za-z0-9_.-]{1,256}$/.test(name)) return refuse.invalidStreamId()
  const isNew = !state.lanes.has(name)
  return isNew && state.lanes.size - 1 >= namedLanesAtMost ? refuse.streamLimit() : null
}

function refuseMalformed({ text, reason }: MalformedFrame): Refusal {
  if (/binary/i.test(String(reason))) return refuse.binary()
  try {
    JSON.parse(text)
  } catch {
    return refuse.notJson()
  }
  return refuse.noType()
}
