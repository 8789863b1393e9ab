// Judges the events of the connection itself: session.created and .updated, error, rate_limits, and every event's id.

import type { WireEvent } from "../event.ts"
import { broken, type Judge } from "./judging.ts"
import { read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { PendingCreate, RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

const FIRST_TYPES: ReadonlySet<string> = new Set(["session.created", "session.updated", "error"])

/** Rules of every event, whatever its type. */
export function judgeFrame(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  if (state.phase === "expired") {
    broken(breaks, "nothing-after-expiry", `${event.type} comes after error session_expired`)
  }
  if (state.phase === "opening" && !FIRST_TYPES.has(event.type)) {
    broken(breaks, "session-created-first", `${event.type} comes before session.created`)
    state.phase = "open"
  }
  if (typeof event.event_id !== "string") {
    if (event.type === "input_audio_buffer.dtmf_event_received") return
    broken(breaks, "event-id-present", `${event.type} has no event_id`)
  } else if (state.eventIds.has(event.event_id)) {
    broken(breaks, "event-id-unique", `${event.type} repeats event_id ${event.event_id}`)
  } else {
    state.eventIds.add(event.event_id)
  }
}

export const SESSION_JUDGES: readonly (readonly [string, Judge])[] = [
  ["session.created", sessionCreated],
  ["session.updated", sessionUpdated],
  ["error", errorSent],
  ["rate_limits.updated", (state) => move(state, "rate_limits.updated", state.phase)],
]

function sessionCreated(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  if (state.phase === "open") broken(breaks, "session-created-once", "session.created comes in a session already open")
  state.session = read.object(event.session) ?? state.session
  move(state, "session.created", "open")
}

function sessionUpdated(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const answered = state.updatesOwed.shift()
  if (answered === undefined && state.refusedUpdates.shift() === undefined) {
    broken(breaks, "session-updated-answers-update", "session.updated comes without an unanswered session.update")
  }
  state.session = read.object(event.session) ?? answered?.session ?? state.session
  move(state, "session.updated", "open")
}

function errorSent(state: RealtimeState, event: WireEvent): void {
  const error = read.members(event.error)
  const expired = error.code === "session_expired"
  move(state, expired ? "error{session_expired}" : "error", expired ? "expired" : state.phase)
  const named = read.text(error.event_id)
  if (error.code === "input_audio_buffer_commit_empty") state.input.commitsOwed.shift()
  if (named === null) {
    if (error.code === "conversation_already_has_active_response") refuseOldest(state)
    if (read.text(error.param)?.startsWith("session") === true) state.refusedUpdates.shift()
    return
  }
  if (remove(state.refusedCreates, named) || remove(state.refusedUpdates, named)) return
  if (remove(state.pendingCreates, named)) step(state.transitionsTaken, "response", "requested", "error")
  else remove(state.updatesOwed, named)
}

/** A conflict error that names nobody: it is about the oldest create that has to wait. */
function refuseOldest(state: RealtimeState): void {
  if (state.refusedCreates.shift() !== undefined || state.activeDefault === null) return
  const index = state.pendingCreates.findIndex((pending: PendingCreate) => !pending.outOfBand)
  if (index === -1) return
  state.pendingCreates.splice(index, 1)
  step(state.transitionsTaken, "response", "requested", "error")
}

function remove(list: { readonly event_id: string | null }[], eventId: string): boolean {
  const index = list.findIndex((entry) => entry.event_id === eventId)
  if (index !== -1) list.splice(index, 1)
  return index !== -1
}

function move(state: RealtimeState, on: string, otherwise: string): void {
  state.phase = step(state.transitionsTaken, "session", state.phase, on) ?? otherwise
}
