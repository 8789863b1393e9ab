// Steering as the server keeps it: who may be steered, and what the input that it has accepted waits for (PROTOCOL.md
// C.5, openai 7.55.0 ResponseSteerEvent).

import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import type { ResponseState, ResponsesState, SteerState } from "./state.ts"

/** The codes of response.steer.failed. */
export type SteerCode =
  | "response_not_found"
  | "invalid_input"
  | "steering_not_supported"
  | "too_many_pending_steers"
  | "response_already_completed"
  | "response_not_active"
  | "successor_creation_failed"

/** The limit is not documented; this one is our guess. */
export const pendingSteersAtMost = 16

/** Why the server refuses a response.steer, or null. */
export function refuseSteer(state: ResponsesState, event: WireEvent): SteerCode | null {
  if (!isWellFormed(event)) return "invalid_input"
  const response = state.responses.get(read.text(event.previous_response_id) ?? "")
  if (response === undefined) return "response_not_found"
  if (response.phase === "completed") return "response_already_completed"
  if (!isRunning(response)) return "response_not_active"
  const { conversation, context_management } = response.params
  if (conversation || read.list(context_management).length > 0) return "steering_not_supported"
  return queuedSteers(state, response.id).length >= pendingSteersAtMost ? "too_many_pending_steers" : null
}

/** Steering input that the server owns for a response, in the order of submission. */
export function queuedSteers(state: ResponsesState, parentId: string): SteerState[] {
  return state.steers.filter((steer) => steer.parentId === parentId && steer.phase === "queued")
}

export function isRunning({ phase }: ResponseState): boolean {
  return phase === "created" || phase === "queued" || phase === "active"
}

function isWellFormed(event: WireEvent): boolean {
  const { type: _, previous_response_id, input, ...others } = event
  if (Object.keys(others).length > 0 || typeof previous_response_id !== "string") return false
  if (typeof input === "string") return true
  const items = read.list(input)
  return items.length > 0 && items.every(isUserMessage)
}

function isUserMessage(item: unknown): boolean {
  const { type = "message", role, content, ...others } = read.members(item)
  if (type !== "message" || role !== "user" || Object.keys(others).length > 0) return false
  if (typeof content === "string") return true
  return read.list(content).length > 0 && read.list(content).every(isInputPart)
}

function isInputPart(part: unknown): boolean {
  const type = read.text(read.members(part).type)
  return type === "input_text" || type === "input_image" || type === "input_file"
}
