// The server's answers to steering (PROTOCOL.md C.5). That they take the next number of the response they are about is our
// guess: the types only say that each has a sequence_number.

import type { WireEvent } from "../event.ts"
import type { SteerState, ToolCall } from "./state.ts"
import type { SteerCode } from "./steering.ts"
import { outputType } from "./tool-calls.ts"
import { laneStamp } from "./voice.ts"

/** Our words; only the codes are documented. */
const MESSAGES: Record<SteerCode, string> = {
  response_not_found: "The response to steer is not available on this connection.",
  invalid_input: "The steering input is not valid.",
  steering_not_supported: "This response does not support steering.",
  too_many_pending_steers: "Too much steering input is pending for this response.",
  response_already_completed: "The response has already completed.",
  response_not_active: "The response is no longer active.",
  successor_creation_failed: "The successor response could not be created.",
}

export function steerAccepted(steer: SteerState, sequence: number): WireEvent {
  return steerEvent("response.steer.accepted", steer, sequence, {})
}

/** `calls` are what the steered response waits for; the client fills their outputs into one response.create. */
export function steerPending(steer: SteerState, calls: readonly ToolCall[], sequence: number): WireEvent {
  const required_input = calls.map(({ type, callId, name }) => ({
    type: outputType(type),
    call_id: callId,
    ...(type === "function_call" ? { name } : {}),
  }))
  return steerEvent("response.steer.pending", steer, sequence, { reason: "waiting_for_required_input", required_input })
}

/** Gives the input back. */
export function steerFailed(steer: SteerState, code: SteerCode, sequence: number): WireEvent {
  const error = { type: "invalid_request_error", code, message: MESSAGES[code] }
  const event = steerEvent("response.steer.failed", steer, sequence, { error })
  return { ...event, steer: { ...steerOf(steer), input: steer.input } }
}

function steerEvent(type: string, steer: SteerState, sequence: number, members: object): WireEvent {
  return { type, sequence_number: sequence, steer: steerOf(steer), ...members, ...laneStamp(steer.lane) }
}

function steerOf({ id, parentId }: SteerState) {
  return { ...(id === null ? {} : { id }), previous_response_id: parentId }
}
