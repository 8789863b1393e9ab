// The requests for replies of one connection: at most one default-conversation create on the wire, the others in line
// behind it; each settled once, by its response, its refusal, its time-out or the end of the connection.

import { RealtimeError } from "./errors.ts"
import type { ClientEvent, ServerError } from "./events.ts"
import type { Future } from "./future.ts"
import { isActiveResponseError, type Policy, requestKey } from "./policy.ts"
import type { Reply } from "./reply.ts"

export interface Request {
  /** The app's own name for it, for the app's eyes only. */
  readonly name: string | undefined
  readonly outOfBand: boolean
  /** What has to be said before the create, once: the user's text. */
  before: readonly ClientEvent[]
  /** Members of `response.create`'s response. */
  readonly response: object
  readonly future: Future<Reply>
  /** The event_ids by which an error may name it. */
  readonly names: Set<string>
  /** event_id of the last create, and its mark in the metadata. */
  id: string
  creates: number
  isSent: boolean
  /** It was asked when it might not yet be sent. */
  waited: boolean
  /** The app still waits for it. */
  isWanted: boolean
  timer: ReturnType<typeof setTimeout> | undefined
}

/** What the requests need of their session. */
export interface RequestWorld {
  readonly policy: Policy
  isOpen(): boolean
  /** A response of the default conversation is under way. */
  isActive(): boolean
  send(event: ClientEvent): void
  nextId(): string
}

export class Requests {
  readonly #world: RequestWorld
  #queued: Request[] = []
  #sent: Request[] = []

  constructor(world: RequestWorld) {
    this.#world = world
  }

  get sent(): readonly Request[] {
    return this.#sent
  }

  get all(): readonly Request[] {
    return [...this.#sent, ...this.#queued]
  }

  add(request: Request): void {
    this.#queued.push(request)
    this.pump()
  }

  /** Sends what may be sent now. Called whenever that may have changed; so a `response.done` that came before the request
   * had to wait for it is not waited for (C06). */
  pump(): void {
    if (!this.#world.isOpen()) return
    for (const request of [...this.#queued]) {
      if (request.outOfBand || this.#isFree()) this.#create(request)
      else if (!this.#world.policy.keepsBlocked(request)) this.#forget(request)
      else request.waited = true
    }
  }

  /** Its response was created. */
  answered(request: Request): void {
    this.#forget(request)
    this.pump()
  }

  /** The server said no. A default create that crossed a response of the server's own is sent again, a bounded number of
   * times (C04, K05); every other refusal is the app's to hear. */
  refused(request: Request, error: ServerError): void {
    const isOfCreate = error.event_id === null || error.event_id === request.id
    const again = isActiveResponseError(error) && request.creates < this.#world.policy.createsAtMost
    if (isOfCreate) this.#forget(request)
    if (isOfCreate && request.isWanted && again) this.#queued.unshift(request)
    else this.#giveUp(request, new RealtimeError(error.code ?? "error", error.message))
    this.pump()
  }

  /** Before its response was created there is nothing to cancel at the server (C12): it is remembered instead, and keeps
   * its place, since its response will still come. */
  cancel(request: Request) {
    if (!this.#world.policy.remembersEarlyCancel) return this.#world.send({ type: "response.cancel" })
    this.#giveUp(request, new RealtimeError("cancelled", "the request was cancelled before its reply began"))
  }

  /** The connection is over, and with it everything that waits. */
  end(why: () => RealtimeError): void {
    const all = this.all
    for (const request of all) this.#forget(request)
    if (this.#world.policy.settlesAtTheEnd) for (const request of all) request.future.reject(why())
  }

  #isFree(): boolean {
    const isAwaited = this.#sent.some(({ outOfBand }) => !outOfBand)
    return this.#world.policy.mayCreate({ isAwaited, isActive: this.#world.isActive() })
  }

  #create(request: Request): void {
    this.#forget(request)
    for (const event of request.before) this.#world.send(event)
    request.before = []
    request.id = this.#world.nextId()
    request.names.add(request.id)
    request.creates += 1
    request.isSent = true
    this.#sent.push(request)
    request.timer = setTimeout(() => this.#timedOut(request), this.#world.policy.requestTimeoutMs)
    const response = { ...request.response, metadata: { [requestKey]: request.id } }
    const create = { type: "response.create", event_id: request.id, response }
    for (const event of this.#world.policy.asksBy(create, request)) this.#world.send(event)
  }

  #timedOut(request: Request): void {
    this.#forget(request)
    this.#giveUp(request, new RealtimeError("timeout", "the server did not answer the request in time"))
    for (const event of this.#world.policy.onTimeout) this.#world.send(event)
    this.pump()
  }

  #giveUp(request: Request, error: RealtimeError): void {
    request.isWanted = false
    if (!request.isSent) this.#forget(request)
    request.future.reject(error)
  }

  #forget(request: Request): void {
    clearTimeout(request.timer)
    request.isSent = false
    this.#queued = this.#queued.filter((each) => each !== request)
    this.#sent = this.#sent.filter((each) => each !== request)
  }
}
