// Lawful server output, composed from the model's current state and NOT applied: compose, apply what was sent, compose
// the next. (Two compositions without applying between them would both open the same item.)

import type { WireEvent } from "../event.ts"
import { composeResponses, type ResponseComposer } from "./compose-response.ts"
import { composeSpeech, type SpeechComposer } from "./compose-speech.ts"
import type { Ids } from "./ids.ts"
import { type EchoEventId, errorFor, refuse } from "./refusals.ts"
import { latestSession } from "./session-settings.ts"
import type { PendingCreate, RealtimeState } from "./state.ts"

/** The members of an `error` event; absent ones are null, `type` invalid_request_error. */
export interface ErrorMembers {
  readonly code?: string | null
  readonly message: string
  readonly type?: string
  readonly param?: string | null
  /** The client event it is about. */
  readonly event_id?: string | null
}

export interface Composer extends ResponseComposer, SpeechComposer {
  sessionCreated(): WireEvent[]
  error(members: ErrorMembers): WireEvent[]
  /** The 60-minute error; the server then closes with 1001 and this message as its reason (PROTOCOL.md B.6). */
  sessionExpired(): WireEvent[]
  rateLimits(): WireEvent[]
  /** The conflict error for a create that was accepted and then overtaken by a response of the server's own (C04). */
  createRefused(pending: PendingCreate): WireEvent[]
  /** The acknowledgements that wait for the active response, in case its end was not composed here. */
  delayedAcks(): WireEvent[]
}

export function createComposer(state: RealtimeState, ids: Ids, echo: EchoEventId): Composer {
  const error = ({
    type = "invalid_request_error",
    code = null,
    message,
    param = null,
    event_id = null,
  }: ErrorMembers) => [{ type: "error", event_id: ids.next("event"), error: { type, code, message, param, event_id } }]
  const responses = composeResponses(state, ids)
  return {
    sessionCreated: () => [{ type: "session.created", event_id: ids.next("event"), session: latestSession(state) }],
    error,
    sessionExpired: () =>
      error({ code: "session_expired", message: "Your session hit the maximum duration of 60 minutes." }),
    rateLimits: () => [
      {
        type: "rate_limits.updated",
        event_id: ids.next("event"),
        rate_limits: [{ name: "tokens", limit: 15000000, remaining: 14999371, reset_seconds: 0.002 }],
      },
    ],
    createRefused(pending) {
      const refused = refuse.activeResponse(state.activeDefault ?? pending.responseId)
      return [errorFor(ids.next("event"), refused, pending.event_id, echo)]
    },
    delayedAcks: () => [...state.delayedAcks],
    ...responses,
    ...composeSpeech(state, ids, responses),
  }
}
