// Clients of Responses over WebSocket that are wrong in one way each, and the invariant that must catch each: the reference
// client with one decision changed. The first eight are bugs that real clients were released with.

import { membersOf, readEvent } from "../reference/events.ts"
import { inputOf } from "../reference-responses/context.ts"
import { type Policy, rightPolicy } from "../reference-responses/policy.ts"

export interface ResponsesMutant {
  /** What is wrong. */
  readonly name: string
  readonly caughtBy: string
  readonly policy: Partial<Policy>
}

const endsNothing = (name: string): Policy["endOf"] => {
  return (event) => (event.type === name ? undefined : rightPolicy.endOf(event))
}

/** A schema that knows no null: the frame does not fit, and is dropped. */
const readWithoutNull: Policy["read"] = (frame) => {
  const event = readEvent(frame)
  const isUnfit = event?.type === "error" && (membersOf(event.error).code === null || event.code === null)
  return isUnfit ? undefined : event
}

const withoutAnOutput: Policy["inputOf"] = (context, chain) => {
  const members = inputOf(context, chain)
  const output = members.input.find(({ type }) => type === "function_call_output")
  return { ...members, input: members.input.filter((item) => item !== output) }
}

export const responsesMutants: readonly ResponsesMutant[] = [
  {
    // Review of livekit/agents-js#1093: the id is kept before the end is known.
    name: "responses-failed-is-continued",
    caughtBy: "never-chain-on-a-failed-response",
    policy: {
      chainAfterFailure: (chain, id) =>
        id === undefined ? undefined : { id, covered: chain?.covered ?? [], owned: [] },
    },
  },
  {
    // Review of livekit/agents-js#1093, and still so in 1.9.0.
    name: "responses-refusal-costs-the-connection",
    caughtBy: "healthy-connection-is-reused",
    policy: { discards: () => true },
  },
  {
    // livekit agents-js up to 1.6.2
    name: "responses-retry-repeats-the-text",
    caughtBy: "nothing-delivered-twice-on-retry",
    policy: { asksAgainAfterMs: (failed) => rightPolicy.asksAgainAfterMs({ ...failed, hasOutput: false }) },
  },
  {
    // livekit agents-js up to 1.7.1
    name: "responses-incomplete-is-no-end",
    caughtBy: "terminal-set-is-complete",
    policy: { endOf: endsNothing("response.incomplete") },
  },
  {
    // livekit agents-js at 8c88e3b3a
    name: "responses-null-code-is-unreadable",
    caughtBy: "settles-when-answered",
    policy: { read: readWithoutNull },
  },
  {
    // pipecat drains for this reason.
    name: "responses-abandoned-response-is-not-drained",
    caughtBy: "output-belongs-to-its-request",
    policy: { drains: false },
  },
  {
    // vercel/ai fixture openai-error.1: the second word of one failure.
    name: "responses-failed-after-error-hits-the-next",
    caughtBy: "attribution",
    policy: {
      endsHere: (end, lane) => rightPolicy.endsHere(end, { ...lane, owesFailed: false }),
    },
  },
  {
    name: "responses-parent-outlives-its-eviction",
    caughtBy: "full-context-after-eviction",
    policy: { chainAfterFailure: (chain, id) => (id === undefined ? undefined : chain) },
  },
  {
    name: "responses-any-terminal-ends-the-next",
    caughtBy: "attribution",
    policy: { endsHere: () => true },
  },
  {
    name: "responses-starts-anew-with-the-last-word",
    caughtBy: "full-context-after-eviction",
    policy: { inputOf: (context, chain) => (chain ? inputOf(context, chain) : { input: context.slice(-1) }) },
  },
  {
    name: "responses-one-call-left-open",
    caughtBy: "incremental-context-is-complete",
    policy: { inputOf: withoutAnOutput },
  },
  {
    // W16: calls are looked for in the terminal alone.
    name: "responses-calls-only-from-the-terminal",
    caughtBy: "incremental-context-is-complete",
    policy: {
      outputOf: (told) => told,
      mayContinueFrom: (ending, output) => rightPolicy.mayContinueFrom(ending, output, true),
    },
  },
  {
    name: "responses-error-is-no-end",
    caughtBy: "terminal-set-is-complete",
    policy: { endOf: endsNothing("error") },
  },
  {
    name: "responses-failed-looks-completed",
    caughtBy: "errors-surface",
    policy: { endOf: (event) => (event.type === "response.failed" ? "completed" : rightPolicy.endOf(event)) },
  },
  {
    name: "responses-tool-runs-for-each-mention-of-its-call",
    caughtBy: "tool-runs-once",
    policy: { outputOf: (told, streamed) => [...streamed, ...told], mayRun: () => true },
  },
  { name: "responses-given-back-is-not-told", caughtBy: "errors-surface", policy: { tellsGivenBack: false } },
  { name: "responses-cancelled-reply-plays-on", caughtBy: "no-late-output", policy: { mutesCancelled: false } },
  { name: "responses-left-open-by-a-loss", caughtBy: "futures-settle-once", policy: { settlesAtTheEnd: false } },
  {
    name: "responses-asks-again-without-pause",
    caughtBy: "reconnect-is-bounded",
    policy: {
      asksAgainAfterMs: ({ error, attempts, hasOutput }) =>
        error.code === "connection_lost" && !hasOutput && attempts < 50 ? 0 : undefined,
    },
  },
  { name: "responses-no-socket-error-listener", caughtBy: "no-crash", policy: { listensForSocketErrors: false } },
  { name: "responses-heartbeat-outlives-close", caughtBy: "close-is-clean", policy: { stopsHeartbeat: false } },
]
