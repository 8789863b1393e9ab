// One connection and its lanes: sends creates when it is open, brings each event to its lane, and ends them all when it is
// lost. It keeps to itself when it has become too old or stuck: no new request, and closed as soon as nobody needs it.
import { Connection } from "../reference/connection.ts"
import { type ServerEvent, textOf } from "../reference/events.ts"
import { createFuture } from "../reference/future.ts"
import type { Chain, Item } from "./context.ts"
import { ResponsesError } from "./errors.ts"
import type { Exchange } from "./exchange.ts"
import { Lane } from "./lane.ts"
import type { Policy } from "./policy.ts"

const dialTimeoutMs = 10_000
/** Named lanes in a connection's life (PROTOCOL.md C.2). */
const lanesAtMost = 32

/** The name of a lane, its `stream_id`; undefined is the default lane. */
export type LaneName = string | undefined

export interface LineOptions {
  readonly url: string
  readonly apiKey: string
  readonly policy: Policy
  /** Members of every create. */
  readonly settings: object
  /** A failure that no request carries. */
  error(error: ResponsesError): void
  over(): void
}

export class Line {
  readonly #options: LineOptions
  readonly #connection: Connection
  readonly #lanes = new Map<LaneName, Lane>()
  readonly #opened = createFuture<void>()
  readonly #bornAt = Date.now()
  readonly #dialTimer: ReturnType<typeof setTimeout>
  #isOpen = false
  #isOver = false
  #isRetired = false

  constructor(options: LineOptions) {
    this.#options = options
    const { url, apiKey, policy } = options
    this.#connection = new Connection(url, apiKey, policy, {
      open: () => this.#open(),
      event: (event) => this.#receive(event),
      malformed: ({ message }) => options.error(new ResponsesError("malformed", message)),
      lost: ({ message }) => this.#end(new ResponsesError("connection_lost", message)),
    })
    const late = new ResponsesError("connection_lost", "the server did not open a connection in time")
    this.#dialTimer = setTimeout(() => void this.close(late), dialTimeoutMs)
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get opened(): Promise<void> {
    return this.#opened.promise
  }

  /** Whether a request may begin on that lane now: the default lane takes one at a time, others keep them in order. */
  isFreeFor(name: LaneName): boolean {
    if (this.#isOver || this.#isRetired) return false
    if (name === undefined) return this.#lane(name).isIdle
    return this.#lanes.has(name) || [...this.#lanes.keys()].filter((key) => key !== undefined).length < lanesAtMost
  }

  /** The more of the context it remembers, the less has to be sent. */
  remembers(name: LaneName, context: readonly Item[]): number {
    return this.#chainFor(name, context)?.covered.length ?? 0
  }

  start(exchange: Exchange, name: LaneName): void {
    this.#lane(name).add(exchange)
    if (this.#isOpen) this.#send(exchange, name)
  }

  giveUp(exchange: Exchange, name: LaneName): void {
    this.#lane(name).giveUp(exchange)
  }

  /** Adds to the response that is under way. Throws where there is none. */
  steer({ id }: Exchange, item: Item, name: LaneName): void {
    if (id === undefined || !this.#isOpen) throw new ResponsesError("not_connected", "there is no response to steer")
    this.#lane(name).steering.add(id, item)
    this.#connection.send({ type: "response.steer", previous_response_id: id, input: [item] })
  }

  /** Takes no more requests once it is too old. */
  checkAge(): void {
    if (Date.now() - this.#bornAt >= this.#options.policy.ageAtMostMs) this.#retire()
  }

  /** Ends everything on it, and resolves when its socket is gone. */
  async close(why: ResponsesError): Promise<void> {
    this.#end(why)
    await this.#connection.close()
  }

  #lane(name: LaneName): Lane {
    const known = this.#lanes.get(name)
    if (known) return known
    const { policy, error } = this.#options
    const lane = new Lane({ policy, changed: () => this.#closeIfUnused(), stuck: () => this.#retire(), error })
    this.#lanes.set(name, lane)
    return lane
  }

  #chainFor(name: LaneName, context: readonly Item[]): Chain | undefined {
    const { chain } = this.#lane(name)
    return chain && this.#options.policy.continues(chain, context) ? chain : undefined
  }

  #open(): void {
    clearTimeout(this.#dialTimer)
    this.#isOpen = true
    this.#opened.resolve()
    for (const [name, lane] of this.#lanes) for (const exchange of lane.unsent) this.#send(exchange, name)
  }

  #send(exchange: Exchange, name: LaneName): void {
    const { context, generates } = exchange.world
    const { policy, settings } = this.#options
    const chain = this.#chainFor(name, context)
    exchange.isSent = true
    exchange.continued = chain !== undefined
    this.#connection.send({
      type: "response.create",
      store: false,
      ...settings,
      ...policy.inputOf(context, chain),
      ...(name === undefined ? {} : { stream_id: name }),
      ...(generates ? {} : { generate: false }),
    })
    this.#lane(name).await(exchange)
  }

  /** An error without stream_id is of the default lane if something waits there, and else of the connection (W09). */
  #receive(event: ServerEvent): void {
    const { policy, error: tell } = this.#options
    const lane = this.#lanes.get(textOf(event.stream_id))
    const isError = policy.endOf(event) === "error"
    const error = isError ? policy.errorOf(event) : undefined
    if (error && policy.discards(error)) void this.close(error)
    else if (error && (!lane || lane.isIdle)) tell(error)
    else lane?.receive(event)
  }

  #retire(): void {
    this.#isRetired = true
    this.#closeIfUnused()
  }

  #closeIfUnused(): void {
    const isUsed = [...this.#lanes.values()].some(({ hasWanted }) => hasWanted)
    if (this.#isRetired && !this.#isOver && !isUsed)
      void this.close(new ResponsesError("connection_lost", "the connection is not used any more"))
  }

  #end(error: ResponsesError): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#isOpen = false
    clearTimeout(this.#dialTimer)
    this.#opened.reject(error)
    this.#options.over()
    if (this.#options.policy.settlesAtTheEnd) for (const lane of this.#lanes.values()) lane.lose(error)
  }
}
