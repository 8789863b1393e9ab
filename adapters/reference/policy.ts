// The client's decisions, each a small named function or number, with the right answer and the reason. The client asks
// here and nowhere else; a mutant is this table with one answer changed.
import {
  type ClientEvent,
  type Members,
  membersOf,
  readEvent,
  type ServerError,
  type ServerEvent,
  textOf,
} from "./events.ts"
import type { Reply } from "./reply.ts"
import type { Request } from "./requests.ts"

/** Our mark in `response.metadata`, the only thing of a request that its response repeats (PROTOCOL.md B.2). */
export const requestKey = "client_request_id"

/** How a response can end. Cancelled and incomplete are ends that the app is told of, not failures. */
export type Ending = "completed" | "cancelled" | "incomplete" | "failed"

export type Answer =
  | { readonly to: "request"; readonly request: Request }
  /** The server began by itself: voice activity, idle time-out. */
  | { readonly to: "nobody" }
  /** It was ours, and nobody waits for it any more (C07). */
  | { readonly to: "given-up" }

export interface Policy {
  readonly requestTimeoutMs: number
  /** A response that says nothing for so long is lost; its guard must not stay closed for ever. */
  readonly replySilenceMs: number
  readonly createsAtMost: number
  readonly listensForSocketErrors: boolean
  readonly stopsHeartbeat: boolean
  /** What waits is told when its connection is lost or closed (C14, M01). */
  readonly settlesAtTheEnd: boolean
  readonly endsRepliesAtTheEnd: boolean
  /** A cancelled reply delivers nothing more, whatever is still on its way (K01). */
  readonly mutesCancelled: boolean
  readonly remembersEarlyCancel: boolean
  /** Sent at once when a request times out. Right: nothing; its response has no id yet, and a cancel without one hits
   * whatever is active (C08). */
  readonly onTimeout: readonly ClientEvent[]
  /** undefined: no more attempts. */
  reconnectAfterMs(attempt: number): number | undefined
  read(frame: string): ServerEvent | undefined
  mayCreate(conversation: { readonly isAwaited: boolean; readonly isActive: boolean }): boolean
  keepsBlocked(request: Request): boolean
  /** What asks for a request's response. `waited`: it had to wait for its turn. */
  asksBy(create: ClientEvent, request: Pick<Request, "waited">): readonly ClientEvent[]
  /** What cancels a reply. */
  cancelsBy(reply: Reply): ClientEvent
  answerOf(response: { readonly metadata: unknown }, sent: readonly Request[]): Answer
  /** Which request an error refuses. `others`: other operations that wait and that it may be about. */
  refusedBy(error: ServerError, asked: readonly Request[], others: number): Request | undefined
  endingOf(status: unknown): Ending
  /** Which reply an event of a response is of. */
  replyOf(event: ServerEvent, replies: KnownReplies): Reply | undefined
  /** The response that an event ends, as far as the event tells; undefined: it ends none. */
  endOf(event: ServerEvent): Members | undefined
  endedReply(id: unknown, replies: KnownReplies): Reply | undefined
  endsReply(ending: Ending): boolean
  /** Whether the end of a response lets the next create go. */
  freesConversation(ending: Ending): boolean
  /** Which replies are still under way when one is over. */
  stillRunning(over: Reply, running: readonly Reply[]): readonly Reply[]
  /** The complete function_call item that an event of a response carries, if it carries one. */
  callIn(event: ServerEvent): unknown
  mayRun(call_id: string, started: ReadonlySet<string>): boolean
  /** What the model is told of a tool that failed; undefined: nothing. */
  outputOfFailure(error: unknown): string | undefined
}

/** The replies of a connection, as the policy may look at them. */
export interface KnownReplies {
  get(id: unknown): Reply | undefined
  /** The one that is under way, if there is only one. */
  readonly only: Reply | undefined
  readonly live: readonly Reply[]
}

/** Errors about other things than a create, often without event_id (PROTOCOL.md B.4). */
const aboutOtherThings = /^(response_cancel_not_active|input_audio_buffer_|invalid_tool_call_id|item_|session_expired)/

export const isActiveResponseError = ({ code, message }: ServerError): boolean =>
  code === "conversation_already_has_active_response" || message.includes("already has an active response")

export const rightPolicy: Policy = {
  requestTimeoutMs: 10_000,
  replySilenceMs: 20_000,
  createsAtMost: 3,
  listensForSocketErrors: true,
  stopsHeartbeat: true,
  settlesAtTheEnd: true,
  endsRepliesAtTheEnd: true,
  mutesCancelled: true,
  remembersEarlyCancel: true,
  onTimeout: [],
  reconnectAfterMs: (attempt) => (attempt < 5 ? Math.min(500 * 2 ** attempt, 8_000) : undefined),
  read: readEvent,
  mayCreate: ({ isAwaited, isActive }) => !isAwaited && !isActive,
  keepsBlocked: () => true,
  asksBy: (create) => [create],
  // By id, or it might hit another (C08).
  cancelsBy: ({ id }) => ({ type: "response.cancel", response_id: id }),
  answerOf({ metadata }, sent) {
    const id = textOf(membersOf(metadata)[requestKey])
    if (id === undefined) return { to: "nobody" }
    const request = sent.find((each) => each.id === id)
    return request?.isWanted ? { to: "request", request } : { to: "given-up" }
  },
  refusedBy(error, asked, others) {
    if (error.event_id !== null) return asked.find(({ names }) => names.has(error.event_id ?? ""))
    const sent = asked.filter(({ isSent }) => isSent)
    const meant = isActiveResponseError(error)
      ? sent.filter(({ outOfBand }) => !outOfBand)
      : others > 0 || aboutOtherThings.test(error.code ?? "")
        ? []
        : sent
    return meant.length === 1 ? meant[0] : undefined
  },
  endingOf: (status) =>
    status === "completed" || status === "cancelled" || status === "incomplete" ? status : "failed",
  replyOf: ({ response_id }, replies) => replies.get(response_id),
  // The one terminal event there is; response.cancelled and response.error are none (PROTOCOL.md B.3, K13).
  endOf: ({ type, response }) => (type === "response.done" ? membersOf(response) : undefined),
  // A done without an id is the end of the only response under way, if there is only one (M06).
  endedReply: (id, replies) => (id === undefined ? replies.only : replies.get(id)),
  endsReply: () => true,
  freesConversation: () => true,
  stillRunning: (over, running) => running.filter((each) => each !== over),
  callIn({ type, item }) {
    const given = membersOf(item)
    const isDone = type === "response.output_item.done" && given.type === "function_call"
    return isDone && given.status === "completed" ? given : undefined
  },
  mayRun: (call_id, started) => !started.has(call_id),
  outputOfFailure: (error) => JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
}
