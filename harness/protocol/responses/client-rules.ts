// Which client events the server refuses, and with which error. Nothing changes here: answers.ts does what is accepted.
// Steering is refused with an event of its own, see steering.ts.

import type { MalformedFrame, WireEvent } from "../event.ts"
import { type JsonObject, read } from "../realtime/read.ts"
import { type Refusal, refuse } from "./errors.ts"
import { namedLanesAtMost, wouldQueue } from "./lanes.ts"
import { findPrevious } from "./memory.ts"
import type { LaneKey, ResponsesState } from "./state.ts"
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

/** Why a create whose turn it is cannot start: its body is wrong, what it continues from is gone, or tool calls are left
 * open. `params` is the event, `type` or not. */
export function refuseStart(state: ResponsesState, lane: LaneKey, params: JsonObject): Refusal | null {
  const { previous_response_id, input } = params
  if (previous_response_id !== undefined && previous_response_id !== null && typeof previous_response_id !== "string") {
    return refuse.invalidType("previous_response_id", "a string or null")
  }
  if (input !== undefined && typeof input !== "string" && !Array.isArray(input)) {
    return refuse.invalidType("input", "a string or an array of input items")
  }
  if (params.background === true) return refuse.noBackground()
  if (params.conversation) return null // what it holds is not modelled
  if (typeof previous_response_id !== "string") return refuseToolCalls(input, null)
  const found = findPrevious(state, previous_response_id, lane)
  return found === null ? refuse.previousNotFound(previous_response_id) : refuseToolCalls(input, found.parent)
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

/** A create that has to wait is looked at when its turn comes: its error may not fall into the response before it. */
function refuseCreate(state: ResponsesState, event: WireEvent): Refusal | null {
  const badLane = refuseLane(state, event.stream_id)
  if (badLane !== null) return badLane
  const lane = laneKeyOf(event)
  return wouldQueue(state, lane) ? null : refuseStart(state, lane, event)
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
