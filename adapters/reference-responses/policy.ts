// The client's decisions, each a small named function or number, with the right answer and the reason. The client asks
// here and nowhere else; a mutant is this table with one answer changed.
import type { SocketPolicy } from "../reference/connection.ts"
import { readEvent, type ServerEvent } from "../reference/events.ts"
import { type Chain, type Item, inputOf } from "./context.ts"
import { connectionLimit, errorOfEvent, parentNotFound, type ResponsesError } from "./errors.ts"

/** How a response can end for the app; `incomplete` is an end with output that may be used. */
export type Ending = "completed" | "incomplete" | "failed"

/** A terminal event, as far as it tells. */
export interface End {
  readonly as: Ending
  readonly id: string | undefined
}

/** What a lane knows when a terminal event comes. */
export interface LaneState {
  /** The response under way, where it was created. */
  readonly current: string | undefined
  /** The request under way, or the next, went out with previous_response_id. */
  readonly continues: boolean
  /** Responses that have ended on this lane. */
  readonly over: ReadonlySet<string>
  /** An error was the end of the request before: its own response.failed may still follow (W05). */
  readonly owesFailed: boolean
}

export interface Failed {
  readonly error: ResponsesError
  /** How often it has been asked for again. */
  readonly attempts: number
  /** Something of the reply has come: asking again might say it, or do it, twice (W15). */
  readonly hasOutput: boolean
  /** It went out with previous_response_id. */
  readonly continued: boolean
}

export interface Policy extends SocketPolicy {
  /** Until response.created. */
  readonly requestTimeoutMs: number
  /** A response that says nothing for so long is lost. */
  readonly replySilenceMs: number
  /** What was given up is waited out for so long; then its connection is closed. */
  readonly drainAtMostMs: number
  /** The server ends a connection at 60 minutes (PROTOCOL.md C.3): none as old as this begins another request. */
  readonly ageAtMostMs: number
  readonly settlesAtTheEnd: boolean
  readonly mutesCancelled: boolean
  /** A request that was given up keeps its place on its lane until its terminal has come (W18). */
  readonly drains: boolean
  /** Deltas after a lost one are held until the done event has the whole text (W20). */
  readonly holdsAfterGap: boolean
  /** The app learns that the server did not take what it added to a reply. */
  readonly tellsGivenBack: boolean
  /** undefined: this event ends nothing. */
  endOf(event: ServerEvent): Ending | "error" | undefined
  errorOf(event: ServerEvent): ResponsesError
  /** Whether a terminal event is that of the response under way. */
  endsHere(end: End, lane: LaneState): boolean
  /** Whether an error is that of the request under way, or the next; asked of the one behind it, too, where it has begun. */
  isOwnError(event: ServerEvent, lane: LaneState): boolean
  isRepeat(number: number, next: number): boolean
  /** Whether the next create may continue from a response that ended so. `isWhole`: none of its items was lost on the way. */
  mayContinueFrom(ending: Ending, output: readonly Item[], isWhole: boolean): boolean
  /** What a lane remembers after a request on it has failed. */
  chainAfterFailure(chain: Chain | undefined, failedId: string | undefined): Chain | undefined
  /** Whether what is asked now goes on from there, or has to be told in full. */
  continues(chain: Chain, context: readonly Item[]): boolean
  /** The members of a create that carry the context; without a chain, all of it. */
  inputOf(context: readonly Item[], chain: Chain | undefined): object
  /** Whether a connection is thrown away for an error that the server told. */
  discards(error: ResponsesError): boolean
  /** Milliseconds until it is asked for again; undefined: not again. */
  asksAgainAfterMs(failed: Failed): number | undefined
  /** The output items of a response: its own list, or what was streamed where it has none (W16). */
  outputOf(told: readonly Item[], streamed: readonly Item[]): readonly Item[]
  mayRun(call_id: string, ran: ReadonlySet<string>): boolean
  /** The outputs that the follow-up of a reply with calls brings. */
  answers(outputs: readonly Item[]): readonly Item[]
  outputOfFailure(error: unknown): string
}

const endings: Readonly<Record<string, Ending | "error">> = {
  "response.completed": "completed",
  "response.incomplete": "incomplete",
  "response.failed": "failed",
  error: "error",
}

export const rightPolicy: Policy = {
  listensForSocketErrors: true,
  stopsHeartbeat: true,
  read: readEvent,
  requestTimeoutMs: 20_000,
  replySilenceMs: 45_000,
  drainAtMostMs: 10_000,
  ageAtMostMs: 55 * 60_000,
  settlesAtTheEnd: true,
  mutesCancelled: true,
  drains: true,
  holdsAfterGap: true,
  tellsGivenBack: true,
  endOf: ({ type }) => (Object.hasOwn(endings, type) ? endings[type] : undefined),
  errorOf: errorOfEvent,
  endsHere({ as, id }, { current, over, owesFailed }) {
    if (id === undefined) return current !== undefined
    if (id === current) return true
    // Repeated or late. An id that was never seen is the current one's: gateways change ids from event to event.
    return !over.has(id) && !(owesFailed && as === "failed")
  },
  // An error is numbered within its response: the next one has not begun yet. What continues from nothing lacks no parent, and
  // what has begun has found it.
  isOwnError(event, { current, continues }) {
    if (errorOfEvent(event).code === parentNotFound && (!continues || current !== undefined)) return false
    const { sequence_number } = event
    return current !== undefined || typeof sequence_number !== "number" || sequence_number === 0
  },
  isRepeat: (number, next) => number < next,
  // With a call that was cut off, or lost, the server would wait for an output that nobody can give (W21).
  mayContinueFrom: (ending, output, isWhole) =>
    isWhole &&
    (ending === "completed" || (ending === "incomplete" && !output.some(({ type }) => type === "function_call"))),
  // A continuation that fails takes its parent out of the server's memory (PROTOCOL.md C.3).
  chainAfterFailure: () => undefined,
  continues: ({ covered }, context) => covered.every((item, at) => context[at] === item),
  inputOf,
  // Only the connection's own end; an error about a request says nothing of the connection it came over.
  discards: ({ code }) => code === connectionLimit,
  asksAgainAfterMs({ error, attempts, hasOutput, continued }) {
    if (hasOutput || attempts >= 3) return undefined
    if (error.code === parentNotFound) return continued ? 0 : undefined
    if (error.code === connectionLimit) return 0
    return error.code === "connection_lost" ? 500 * 2 ** attempts : undefined
  },
  outputOf: (told, streamed) => (told.length >= streamed.length ? told : streamed),
  mayRun: (call_id, ran) => !ran.has(call_id),
  answers: (outputs) => outputs,
  outputOfFailure: (error) => JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
}
