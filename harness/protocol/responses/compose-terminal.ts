// How a response ends on the wire: its open items, the terminal event (an error before it, if wanted), and what becomes
// of the steering that was accepted for it (PROTOCOL.md C.4, C.5). Composed, not applied.

import type { WireEvent } from "../event.ts"
import type { JsonObject } from "../realtime/read.ts"
import { closeItem, finishedItem } from "./compose-item.ts"
import { steerFailed, steerPending } from "./compose-steer.ts"
import { type ErrorShape, errorEvent } from "./errors.ts"
import { callsOwedBy } from "./memory.ts"
import type { ItemState, ResponseState, ResponsesState, ToolCall } from "./state.ts"
import { queuedSteers } from "./steering.ts"
import { unansweredCalls } from "./tool-calls.ts"
import { createVoice, type Voice } from "./voice.ts"

/** How a response ends. `reason` defaults to max_output_tokens, `error` to a server_error. */
export interface ResponseOutcome {
  readonly status: "completed" | "failed" | "incomplete"
  readonly reason?: "max_output_tokens" | "content_filter" | "max_messages" | "steered"
  readonly error?: { readonly code: string; readonly message: string }
  /** Before response.failed comes an `error` of this shape, as recorded (PROTOCOL.md C.4 form 3, W05). */
  readonly errorFirst?: ErrorShape
  /** Leaves `output` out of the terminal response (W16). */
  readonly withoutOutput?: boolean
}

const USAGE = {
  input_tokens: 16,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens: 16,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 32,
}

export function endResponse(state: ResponsesState, response: ResponseState, outcome: ResponseOutcome): WireEvent[] {
  const { status, errorFirst } = outcome
  const error = outcome.error ?? { code: "server_error", message: "The server had an error processing your request." }
  const itemStatus = status === "completed" ? "completed" : "incomplete"
  const voice = createVoice(response)
  if (status === "failed") {
    const members = { type: "server_error", status: 500, ...error }
    if (errorFirst) voice.add((sequence) => errorEvent(members, { lane: response.lane, sequence }, errorFirst))
  } else {
    for (const item of response.items) if (item.phase !== "closed") closeItem(voice, item, itemStatus)
  }
  const ended = {
    ...response.wire,
    status,
    error: status === "failed" ? error : null,
    incomplete_details: status === "incomplete" ? { reason: outcome.reason ?? "max_output_tokens" } : null,
    output: response.items.filter(isTold(status)).map((item) => finishedItem(item, itemStatus)),
    usage: status === "failed" ? null : USAGE,
  }
  const { output: _, ...withoutOutput } = ended
  voice.say(`response.${status}`, { response: outcome.withoutOutput ? withoutOutput : ended })
  settleSteering(state, response, outcome, voice)
  return voice.events
}

/** A failed response tells only of the items that were finished. */
function isTold(status: ResponseOutcome["status"]): (item: ItemState) => boolean {
  return ({ phase }) => status !== "failed" || phase === "closed"
}

/** Queued steering waits for tool outputs, or for its successor, or is given back. */
function settleSteering(state: ResponsesState, response: ResponseState, outcome: ResponseOutcome, voice: Voice): void {
  const steers = queuedSteers(state, response.id)
  if (steers.length === 0 || outcome.reason === "steered") return
  const calls = outcome.status === "completed" ? callsToBeOwed(response) : []
  if (outcome.status === "completed" && calls.length === 0) return
  for (const steer of steers) {
    if (outcome.status === "completed") voice.add((sequence) => steerPending(steer, calls, sequence))
    else voice.add((sequence) => steerFailed(steer, "successor_creation_failed", sequence))
  }
}

/** What the response will owe once the items that are still open have been finished. */
function callsToBeOwed(response: ResponseState): ToolCall[] {
  const open = response.items.filter(({ phase }) => phase !== "closed").map(({ wire }): JsonObject => wire)
  return [...callsOwedBy(response), ...unansweredCalls(open)]
}
