// Clients that are wrong in one way each, and the invariant that must catch each: the reference client with one decision
// changed. What rtspec cannot catch here it would not catch in a real client either. The first nine are bugs that real
// clients were released with.

import type { ServerEvent } from "../reference/events.ts"
import { type Policy, rightPolicy } from "../reference/policy.ts"

export interface Mutant {
  /** What is wrong. */
  readonly name: string
  readonly caughtBy: string
  readonly policy: Partial<Policy>
}

/** JSON.parse and no second look: malformed frames and missing members throw out of the socket's listener. */
const readCarelessly = (frame: string): ServerEvent => {
  const event = JSON.parse(frame)
  if (event.type === "error") event.error.message.startsWith("Conversation")
  return event
}

/** Takes another event for the end of its response, too. */
const aliasEnd = (event: ServerEvent, alias: string, status: string) =>
  event.type === alias ? { id: event.response_id, status } : rightPolicy.endOf(event)

export const mutants: readonly Mutant[] = [
  {
    // agents-js#1384: no time-out, the error ignored, and nobody let go at the end.
    name: "error-naming-the-request-ignored",
    caughtBy: "futures-settle-once",
    policy: { refusedBy: () => undefined, requestTimeoutMs: 1e9, settlesAtTheEnd: false },
  },
  {
    name: "settles-only-by-time-out",
    caughtBy: "settles-when-answered",
    policy: { refusedBy: () => undefined },
  },
  {
    // livekit/agents PR #6238: gives up by cancelling whatever is active.
    name: "cancel-without-id",
    caughtBy: "cancel-hits-its-own-response",
    policy: { onTimeout: [{ type: "response.cancel" }] },
  },
  {
    // livekit/agents#6222
    name: "late-created-is-played",
    caughtBy: "no-late-output",
    policy: {
      answerOf: (response, sent) => {
        const answer = rightPolicy.answerOf(response, sent)
        return answer.to === "given-up" ? { to: "nobody" } : answer
      },
    },
  },
  {
    // langwatch/scenario#662, openai-agents-js PR #1127
    name: "no-guard-on-create",
    caughtBy: "one-active-response",
    policy: { mayCreate: () => true },
  },
  {
    name: "tool-runs-at-arguments-done",
    caughtBy: "tool-runs-once",
    policy: { callIn: (event) => (event.type === "response.function_call_arguments.done" ? event : undefined) },
  },
  { name: "no-socket-error-listener", caughtBy: "no-crash", policy: { listensForSocketErrors: false } },
  { name: "deferred-create-dropped", caughtBy: "nothing-lost", policy: { keepsBlocked: () => false } },
  {
    // langwatch/scenario#669: the guard opens when a response completes, and only then.
    name: "guard-stuck-after-failure",
    caughtBy: "next-turn-works",
    policy: { freesConversation: (ending) => ending === "completed", replySilenceMs: 1e9 },
  },
  { name: "pending-request-forgotten-at-the-end", caughtBy: "futures-settle-once", policy: { settlesAtTheEnd: false } },
  {
    // agents-js before 1.5.3
    name: "stream-left-open-by-a-loss",
    caughtBy: "streams-end",
    policy: { endsRepliesAtTheEnd: false },
  },
  {
    name: "incomplete-is-no-end",
    caughtBy: "settles-when-answered",
    policy: { endsReply: (ending) => ending !== "incomplete" },
  },
  {
    name: "guard-forgets-the-active-response",
    caughtBy: "one-active-response",
    policy: { mayCreate: ({ isAwaited }) => !isAwaited },
  },
  {
    name: "cancelled-reply-plays-on",
    caughtBy: "no-late-output",
    policy: { mutesCancelled: false },
  },
  {
    // livekit/agents#6244: a cancel before response.created hits nothing, and the reply is played after all.
    name: "early-cancel-forgotten",
    caughtBy: "no-late-output",
    policy: { remembersEarlyCancel: false },
  },
  {
    name: "first-created-is-mine",
    caughtBy: "output-belongs-to-its-request",
    policy: { answerOf: (_, [request]) => (request ? { to: "request", request } : { to: "nobody" }) },
  },
  {
    name: "tool-runs-at-every-event-of-its-call",
    caughtBy: "tool-runs-once",
    policy: { mayRun: () => true },
  },
  {
    name: "failed-looks-completed",
    caughtBy: "errors-surface",
    policy: { endingOf: (status) => (status === "failed" ? "completed" : rightPolicy.endingOf(status)) },
  },
  { name: "reads-without-care", caughtBy: "no-crash", policy: { read: readCarelessly } },
  {
    name: "guard-never-opens",
    caughtBy: "next-turn-works",
    policy: { freesConversation: () => false, replySilenceMs: 1e9 },
  },
  { name: "reconnects-without-pause", caughtBy: "reconnect-is-bounded", policy: { reconnectAfterMs: () => 0 } },
  {
    // langwatch/scenario#669: "the cancel is confirmed by response.cancelled", which OpenAI never sends.
    name: "guard-stuck-after-cancel",
    caughtBy: "next-turn-works",
    policy: { freesConversation: (ending) => ending !== "cancelled", replySilenceMs: 1e9 },
  },
  {
    // langwatch/scenario#669
    name: "deferred-create-sent-twice",
    caughtBy: "one-active-response",
    policy: { asksBy: (create, { waited }) => (waited ? [create, create] : [create]) },
  },
  {
    // The time-out forgot the request, so its late response is taken for the next one's (livekit/agents#6238).
    name: "late-created-answers-the-next-request",
    caughtBy: "output-belongs-to-its-request",
    policy: {
      answerOf: (response, sent) => {
        const answer = rightPolicy.answerOf(response, sent)
        const [next] = sent
        return answer.to === "given-up" && next ? { to: "request", request: next } : answer
      },
    },
  },
  {
    name: "response-cancelled-is-an-end",
    caughtBy: "one-active-response",
    policy: { endOf: (event) => aliasEnd(event, "response.cancelled", "cancelled") },
  },
  {
    name: "response-error-is-an-end",
    caughtBy: "one-active-response",
    policy: { endOf: (event) => aliasEnd(event, "response.error", "failed") },
  },
  {
    name: "first-item-is-the-end",
    caughtBy: "one-active-response",
    policy: { endOf: (event) => aliasEnd(event, "response.output_item.done", "completed") },
  },
  {
    name: "any-done-ends-the-reply",
    caughtBy: "one-active-response",
    policy: { endedReply: (id, replies) => replies.get(id) ?? replies.only },
  },
  {
    name: "one-flag-for-all-responses",
    caughtBy: "one-active-response",
    policy: { stillRunning: () => [] },
  },
  {
    name: "output-goes-to-the-latest-reply",
    caughtBy: "output-belongs-to-its-request",
    policy: { replyOf: (_, replies) => replies.live.at(-1) },
  },
  {
    name: "cancel-names-no-response",
    caughtBy: "cancel-hits-its-own-response",
    policy: { cancelsBy: () => ({ type: "response.cancel" }) },
  },
  { name: "failed-tool-is-not-answered", caughtBy: "tool-runs-once", policy: { outputOfFailure: () => undefined } },
  { name: "heartbeat-outlives-close", caughtBy: "close-is-clean", policy: { stopsHeartbeat: false } },
]
