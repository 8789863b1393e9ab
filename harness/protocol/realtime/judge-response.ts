// Judges response.created and response.done: who may start a response, and how it ends (PROTOCOL.md B.1 to B.3).

import type { WireEvent } from "../event.ts"
import { checkRepeated } from "./judge-item.ts"
import { broken, isRunning, type Judge } from "./judging.ts"
import { type JsonObject, read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { PendingCreate, RealtimeState, ResponseState } from "./state.ts"
import { step } from "./transitions.ts"

export const RESPONSE_JUDGES: readonly (readonly [string, Judge])[] = [
  ["response.created", responseCreated],
  ["response.done", responseDone],
]

function responseCreated(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const wire = read.object(event.response)
  const id = read.text(wire?.id)
  if (wire === null || id === null) return
  if (state.responses.has(id)) {
    broken(breaks, "response-created-once", `response ${id} is created again`)
    return
  }
  if (wire.status !== "in_progress") {
    broken(breaks, "response-created-in-progress", `response ${id} is created with status ${String(wire.status)}`)
  }
  const outOfBand = wire.conversation_id === null
  const pending = causeOf(state, id, wire, outOfBand, breaks)
  if (wire.metadata !== undefined && pending !== undefined && !sameMetadata(pending?.metadata, wire.metadata)) {
    broken(breaks, "metadata-echoed", `response ${id} does not carry the metadata of its response.create`)
  }
  if (!outOfBand) startDefault(state, id, pending ?? null, breaks)
  const phase = step(state.transitionsTaken, "response", pending ? "requested" : "absent", "response.created")
  state.responses.set(id, {
    id,
    phase: phase ?? "active",
    outOfBand,
    metadata: read.object(wire.metadata),
    pending: pending ?? null,
    items: [],
    speechStartsBefore: state.input.speechStarts,
    wire,
  })
  if (typeof wire.conversation_id === "string") state.conversationId = wire.conversation_id
}

function startDefault(state: RealtimeState, id: string, pending: PendingCreate | null, breaks: RuleBreak[]): void {
  if (state.activeDefault !== null) {
    const message = `response ${id} is created while response ${state.activeDefault} is active`
    broken(breaks, "one-default-response", message)
  }
  if (pending === null && state.input.unlisted !== null) {
    const message = `response ${id} is created before item ${state.input.unlisted} is in the conversation`
    broken(breaks, "user-item-before-response", message)
  }
  state.activeDefault = id
}

/** The create that a response answers, null when the server made it, undefined (and a break) when nothing caused it.
 * The composer's plan decides; without one (a recorded log) metadata, then a detected turn, then the order of creates. */
function causeOf(
  state: RealtimeState,
  id: string,
  wire: JsonObject,
  outOfBand: boolean,
  breaks: RuleBreak[],
): PendingCreate | null | undefined {
  const planned = state.plans.get(id)
  state.plans.delete(id)
  if (planned) {
    take(state.pendingCreates, planned)
    take(state.refusedCreates, planned)
    return planned
  }
  const fits = (pending: PendingCreate) => pending.outOfBand === outOfBand
  const matches = (pending: PendingCreate) => fits(pending) && sameMetadata(pending.metadata, wire.metadata)
  const detected = !outOfBand && state.input.turnsOwed > 0 && !read.object(wire.metadata)
  if (planned === null || detected) {
    if (state.input.turnsOwed > 0) state.input.turnsOwed -= 1
    else broken(breaks, "response-has-a-cause", `response ${id} answers neither a response.create nor a detected turn`)
    return null
  }
  const pending =
    state.pendingCreates.find(matches) ??
    state.refusedCreates.find(matches) ??
    state.pendingCreates.find(fits) ??
    state.refusedCreates.find(fits)
  if (pending === undefined) {
    broken(breaks, "response-has-a-cause", `response ${id} answers neither a response.create nor a detected turn`)
    return undefined
  }
  take(state.pendingCreates, pending)
  take(state.refusedCreates, pending)
  return pending
}

function take(list: PendingCreate[], pending: PendingCreate): void {
  const index = list.indexOf(pending)
  if (index !== -1) list.splice(index, 1)
}

function responseDone(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const wire = read.object(event.response)
  const id = read.text(wire?.id)
  if (wire === null || id === null) return
  const response = state.responses.get(id)
  if (response === undefined) {
    broken(breaks, "response-created-first", `response.done of response ${id}, which was never created`)
    return
  }
  if (!isRunning(response)) {
    broken(breaks, "response-done-once", `response ${id} ended as ${response.phase} and is done again`)
    return
  }
  const outcome = outcomeOf(state, response, wire, breaks)
  const status = read.text(wire.status) ?? "failed"
  const next = step(state.transitionsTaken, "response", response.phase, `response.done{${outcome}}`)
  response.phase = next ?? (isEnded(status) ? status : "failed")
  if (state.activeDefault === id) state.activeDefault = null
  if (wire.metadata !== undefined && !sameMetadata(response.metadata, wire.metadata)) {
    broken(breaks, "metadata-echoed", `response.done of response ${id} has other metadata than its response.created`)
  }
  judgeOutput(response, wire, breaks)
}

function isEnded(status: string): boolean {
  return status === "completed" || status === "cancelled" || status === "failed" || status === "incomplete"
}

/** The status, or the reason where the status has several. */
function outcomeOf(state: RealtimeState, response: ResponseState, wire: JsonObject, breaks: RuleBreak[]): string {
  const status = read.text(wire.status)
  const details = read.members(wire.status_details)
  const reason = read.text(details.reason) ?? ""
  const mismatch = () =>
    broken(breaks, "status-details-match", `response ${response.id} is ${status} with reason "${reason}"`)
  switch (status) {
    case "completed":
      return status
    case "failed":
      if (read.object(details.error) === null) mismatch()
      return status
    case "incomplete":
      if (reason !== "max_output_tokens" && reason !== "content_filter") mismatch()
      return reason
    case "cancelled":
      if (reason !== "turn_detected" && reason !== "client_cancelled") mismatch()
      else judgeCancelled(state, response, reason, breaks)
      return reason
    default:
      broken(breaks, "response-done-status", `response ${response.id} is done with status ${String(wire.status)}`)
      return ""
  }
}

function judgeCancelled(state: RealtimeState, response: ResponseState, reason: string, breaks: RuleBreak[]): void {
  const asked = state.cancels.ids.has(response.id) || (state.cancels.any && !response.outOfBand)
  if (reason === "client_cancelled" && !asked) {
    const message = `response ${response.id} is client_cancelled and no response.cancel was meant for it`
    broken(breaks, "client-cancelled-was-asked", message)
  }
  const heard = state.input.speechStarts > response.speechStartsBefore || state.input.phase === "speaking"
  if (reason === "turn_detected" && !heard) {
    const message = `response ${response.id} is cancelled for a turn and no speech_started came`
    broken(breaks, "turn-detected-after-speech", message)
  }
}

function judgeOutput(response: ResponseState, wire: JsonObject, breaks: RuleBreak[]): void {
  for (const item of response.items) {
    if (item.closed) continue
    const message = `response ${response.id} is done while item ${item.id} is open`
    broken(breaks, "response-done-closes-items", message)
  }
  const output = read.list(wire.output)
  let agrees = output.length === response.items.length
  for (const [index, item] of response.items.entries()) {
    const listed = read.members(output[index])
    if (listed.id !== item.id) agrees = false
    else checkRepeated(item, listed, "response.done", breaks)
  }
  if (agrees) return
  const wanted = response.items.map(({ id }) => id).join(", ")
  broken(breaks, "response-done-lists-items", `response.done of ${response.id} does not list its items [${wanted}]`)
}

function sameMetadata(left: unknown, right: unknown): boolean {
  const before = read.object(left)
  const after = read.object(right)
  if (before === null || after === null) return before === after
  const keys = Object.keys(before)
  return keys.length === Object.keys(after).length && keys.every((key) => before[key] === after[key])
}
