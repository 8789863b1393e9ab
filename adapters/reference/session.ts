// One connection's life: it routes what the server says to the requests, replies, updates and tool calls of this
// connection, and ends them all with it. A new connection is a new session, so nothing of an old one can haunt it (N09).
import { flatSession, inGaWords } from "./beta.ts"
import { Connection } from "./connection.ts"
import { RealtimeError } from "./errors.ts"
import { type ClientEvent, errorOf, listOf, type Members, membersOf, type ServerEvent, textOf } from "./events.ts"
import { createFuture } from "./future.ts"
import type { Ending } from "./policy.ts"
import { Repeats } from "./repeats.ts"
import { Replies } from "./replies.ts"
import { Reply } from "./reply.ts"
import { type Request, Requests } from "./requests.ts"
import type { Asking, SessionHandlers, SessionOptions } from "./session-world.ts"
import { ToolCalls } from "./tools.ts"
import { Updates } from "./updates.ts"

const connectTimeoutMs = 10_000

/** OpenAI names fatal refusals in an `error` event, then closes (PROTOCOL.md N03). */
const fatalCodes = new Set(["invalid_api_key", "invalid_model", "missing_model", "beta_api_shape_disabled"])

const notConnected = (what: string) =>
  new RealtimeError("not_connected", `${what} was not sent: there is no open session`)

export class Session {
  readonly #options: SessionOptions
  readonly #handlers: SessionHandlers
  readonly #requests: Requests
  readonly #replies: Replies
  readonly #tools: ToolCalls
  readonly #updates = new Updates()
  readonly #opened = createFuture<void>()
  readonly #repeats = new Repeats()
  /** Ends that were told before their beginning. */
  readonly #early = new Map<string, Members>()
  #connection: Connection | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #state: "dialling" | "open" | "over" = "dialling"
  #lastError: RealtimeError | undefined
  #ids = 0

  constructor(options: SessionOptions, handlers: SessionHandlers) {
    this.#options = options
    this.#handlers = handlers
    const { policy, tools, afterMs } = options
    const send = (event: ClientEvent) => this.send(event)
    this.#replies = new Replies({ policy, send, ended: (reply, ending) => this.#ended(reply, ending) })
    this.#requests = new Requests({
      policy,
      send,
      isOpen: () => this.isOpen,
      isActive: () => this.#replies.isActive,
      nextId: () => this.nextId(),
    })
    this.#tools = new ToolCalls({
      policy,
      tools,
      send,
      asksForAnswer: () => void this.ask({}).catch((error) => this.#handlers.error(error)),
      fails: (error) => this.#handlers.error(error),
    })
    if (afterMs === 0) this.#dial()
    else this.#timer = setTimeout(() => this.#dial(), afterMs)
  }

  /** Settles with session.created, which is when a connection is usable: an open socket alone is not (PROTOCOL.md A.1). */
  get opened(): Promise<void> {
    return this.#opened.promise
  }

  get isOpen(): boolean {
    return this.#state === "open"
  }

  nextId(): string {
    this.#ids += 1
    return `client_${this.#ids}`
  }

  send(event: ClientEvent): void {
    if (!this.#connection || !this.isOpen) throw notConnected(event.type)
    this.#connection.send(event)
  }

  /** Asks for a reply, as soon as one may be asked for. */
  ask({ name, outOfBand = false, before = [], response = {}, names = [] }: Asking): Promise<Reply> {
    const future = createFuture<Reply>()
    const ids = [...names, ...before.flatMap(({ event_id }) => textOf(event_id) ?? [])]
    const fresh = { id: "", creates: 0, isSent: false, waited: false, isWanted: true, timer: undefined }
    this.#requests.add({ name, outOfBand, before, response, future, names: new Set(ids), ...fresh })
    return future.promise
  }

  update(session: object): Promise<void> {
    if (!this.isOpen) throw notConnected("session.update")
    return this.#update(session)
  }

  /** Without a name: the reply that is under way, as far as we know, or the request that waits for its reply to begin. */
  cancel(name?: string) {
    const isMeant = (each: { name: string | undefined; outOfBand: boolean }) =>
      name === undefined ? !each.outOfBand : each.name === name
    // More than one where the end of the one before is still on its way.
    const replies = this.#replies.live.filter(isMeant)
    for (const reply of replies) this.#replies.cancel(reply)
    if (replies.length > 0) return
    const among = name === undefined ? this.#requests.sent : this.#requests.all
    const request = among.find((each) => each.isWanted && isMeant(each))
    if (request) this.#requests.cancel(request)
  }

  /** Never beyond what came: the server takes that for an error (K08). */
  truncate(heardMs: number): void {
    const audio = this.#replies.lastAudio
    if (!audio) return
    const audio_end_ms = Math.floor(Math.min(heardMs, audio.receivedMs))
    const { item_id, content_index } = audio
    this.send({ type: "conversation.item.truncate", event_id: this.nextId(), item_id, content_index, audio_end_ms })
  }

  /** Settles everything that waits, then closes the socket. */
  async close(why: () => RealtimeError): Promise<void> {
    this.#end(why)
    await this.#connection?.close()
  }

  #dial(): void {
    const { url, apiKey, policy } = this.#options
    this.#timer = setTimeout(() => this.#tooLate(), connectTimeoutMs)
    this.#connection = new Connection(url, apiKey, policy, {
      open: () => this.#isSideband && this.#configure(),
      event: (event) => this.#receive(event),
      malformed: (error) => this.#handlers.error(error),
      lost: (error) => this.#lost(error),
    })
  }

  #tooLate(): void {
    void this.#connection?.close()
    this.#lost(new RealtimeError("timeout", "the server did not open a session in time"))
  }

  #lost(loss: RealtimeError): void {
    if (this.#state === "over") return
    const isRefusal = this.#lastError?.isFatal || this.#state === "dialling"
    const error = isRefusal && this.#lastError ? this.#lastError : loss
    const isFatal = error.isFatal || loss.isFatal
    const final = new RealtimeError(error.code, error.message, isFatal)
    this.#end(() => final)
    this.#handlers.over(final)
  }

  /** `why` is asked for each that waits, so that nobody pays for an error that nobody gets. */
  #end(why: () => RealtimeError): void {
    if (this.#state === "dialling") this.#opened.reject(why())
    this.#state = "over"
    clearTimeout(this.#timer)
    this.#requests.end(why)
    this.#replies.end(why)
    this.#updates.end(why)
  }

  #receive(given: ServerEvent): void {
    const event = inGaWords(given)
    if (this.#repeats.has(event.event_id)) return
    if (event.type === "session.created") this.#open()
    else if (event.type === "session.updated") this.#acknowledged()
    else if (event.type === "error") this.#fail(event)
    else if (event.type === "response.created") this.#begin(event)
    else {
      const ended = this.#options.policy.endOf(event)
      if (ended) this.#finish(ended)
      else this.#stream(event)
    }
  }

  #open(): void {
    if (this.#state !== "dialling") return
    this.#state = "open"
    clearTimeout(this.#timer)
    if (!this.#isSideband) this.#configure()
    this.#opened.resolve()
    this.#handlers.opened()
    this.#requests.pump()
  }

  /** On a call that runs already nobody says session.created: the answer to our own update comes first (N07). */
  get #isSideband(): boolean {
    return new URL(this.#options.url).searchParams.has("call_id")
  }

  #configure(): void {
    this.#update(this.#options.config).catch((error) => this.isOpen && this.#handlers.error(error))
  }

  #acknowledged(): void {
    this.#updates.acknowledged()
    if (this.#isSideband) this.#open()
  }

  #update(session: object): Promise<void> {
    const event_id = this.nextId()
    const given = { type: "realtime", ...session }
    const worded = this.#options.isBeta ? flatSession(given) : given
    this.#connection?.send({ type: "session.update", event_id, session: worded })
    return this.#updates.add(event_id)
  }

  #begin({ response }: ServerEvent) {
    const { id, metadata, conversation_id } = membersOf(response)
    if (typeof id !== "string") return this.#malformed("response.created without an id")
    const known = this.#replies.get(id)
    if (known) {
      known.sign()
      return this.#replies.heardOf(known)
    }
    const answer = this.#options.policy.answerOf({ metadata }, this.#requests.sent)
    const request = answer.to === "request" ? answer.request : this.#givenUp(metadata)
    const outOfBand = request?.outOfBand ?? conversation_id === null
    const reply = new Reply({ id, name: request?.name, outOfBand }, this.#handlers.output)
    this.#replies.add(reply)
    if (answer.to === "given-up") this.#replies.cancel(reply)
    else this.#handlers.reply(reply)
    request?.future.resolve(reply)
    if (request) this.#requests.answered(request)
    const end = this.#early.get(id)
    if (this.#early.delete(id) && end) this.#finish(end)
  }

  /** A request that waits for its response only to cancel it. */
  #givenUp(metadata: unknown): Request | undefined {
    const marks = Object.values(membersOf(metadata))
    return this.#requests.sent.find(({ id }) => marks.includes(id))
  }

  #stream(event: ServerEvent): void {
    const reply = this.#options.policy.replyOf(event, this.#replies)
    if (!reply) return
    this.#replies.heardOf(reply)
    reply.receive(event)
    this.#tools.receive(event, reply)
  }

  #finish(given: Members): void {
    const { id } = given
    if (id === undefined) this.#malformed("response.done without an id")
    const reply = this.#options.policy.endedReply(id, this.#replies)
    if (reply?.isOver) this.#replies.endedAfterAll(reply)
    else if (reply) this.#finishReply(reply, given)
    else if (typeof id === "string") this.#early.set(id, given)
  }

  #finishReply(reply: Reply, { output, status, status_details }: Members): void {
    for (const item of listOf(output)) {
      reply.complete(item)
      this.#tools.receive({ type: "response.output_item.done", item }, reply)
    }
    this.#replies.finish(reply, status, errorOf(membersOf(status_details).error))
  }

  /** The end of a reply may let the next request go, and may be what a tool's follow-up waits for. */
  #ended(reply: Reply, ending: Ending): void {
    this.#tools.ended(reply, ending)
    this.#requests.pump()
  }

  #fail({ error: given }: ServerEvent) {
    const error = errorOf(given)
    const isFatal = fatalCodes.has(error.code ?? "")
    this.#lastError = new RealtimeError(error.code ?? "error", error.message, isFatal)
    // There was nothing left to cancel: what the app wanted has come about by itself (K02, K04).
    if (error.code === "response_cancel_not_active" || this.#updates.refused(error)) return
    const request = this.#options.policy.refusedBy(error, this.#requests.all, this.#updates.waiting)
    const isAwaited = request?.isWanted === true
    if (request) this.#requests.refused(request, error)
    if (!isAwaited) this.#handlers.error(this.#lastError)
  }

  #malformed(what: string): void {
    this.#handlers.error(new RealtimeError("malformed", `the server sent ${what}`))
  }
}
