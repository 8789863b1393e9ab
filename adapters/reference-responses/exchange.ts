// One create and the response to it, as it streams: numbers are checked, text goes to the reply, items are collected. Which
// events are of it, its lane knows.
import { listOf, type Members, membersOf, type ServerEvent, textOf } from "../reference/events.ts"
import { createFuture } from "../reference/future.ts"
import type { Item } from "./context.ts"
import { ResponsesError } from "./errors.ts"
import type { Ending, Policy } from "./policy.ts"
import { partKey, type Reply } from "./reply.ts"

export interface Outcome {
  readonly ending: Exclude<Ending, "failed">
  readonly id: string | undefined
  readonly output: readonly Item[]
  /** Nothing of the output is missing that the server had told of. */
  readonly isWhole: boolean
  /** Steering input that the server has taken for it, and goes on with. */
  readonly steered: readonly Item[]
}

export interface ExchangeWorld {
  readonly policy: Policy
  /** What the server is to know once it has answered: the create carries as much of it as is new. */
  readonly context: readonly Item[]
  readonly reply: Reply
  readonly generates: boolean
  /** The server begins it by itself, after one that was steered. */
  readonly isSuccessor: boolean
  /** A failure that is no end of the reply. */
  notes(error: ResponsesError): void
  /** The server goes on by itself with what was steered: the exchange that is to follow. */
  succeed(context: readonly Item[]): Exchange
}

export class Exchange {
  readonly world: ExchangeWorld
  /** It was sent with previous_response_id. */
  continued = false
  isSent = false
  readonly #outcome = createFuture<Outcome>()
  readonly #items = new Map<number, Item>()
  /** By their place in the output, finished or not. */
  readonly #begun = new Set<unknown>()
  #id: string | undefined
  #next = 0
  #isSettled = false
  #hasGap = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(world: ExchangeWorld) {
    this.world = world
  }

  /** Rejects with what the server or the connection had against it. */
  get outcome(): Promise<Outcome> {
    return this.#outcome.promise
  }

  /** The response's id, once it was created. */
  get id(): string | undefined {
    return this.#id
  }

  /** The app still waits for it. */
  get isWanted(): boolean {
    return !this.#isSettled && !this.world.reply.isOver
  }

  /** Calls `silent` should nothing come for so long. */
  watch(forMs: number, silent: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(silent, forMs)
  }

  begin(id: string): void {
    this.#id = id
    if (this.isWanted) this.world.reply.id = id
  }

  receive(event: ServerEvent): void {
    if (event.type.startsWith("response.output_item.")) this.#begun.add(event.output_index)
    if (!this.#isNew(event)) return
    const { reply, policy } = this.world
    const { type, output_index, content_index, item } = event
    const part = partKey(output_index, content_index)
    if (type === "response.output_text.delta" || type === "response.refusal.delta") {
      if (!(this.#hasGap && policy.holdsAfterGap)) reply.read(textOf(event.delta) ?? "", part)
    } else if (type === "response.output_text.done" || type === "response.refusal.done") {
      const whole = textOf(event.text) ?? textOf(event.refusal)
      if (whole !== undefined) reply.complete(whole, part)
    } else if (type === "response.output_item.done") this.#collect(membersOf(item), output_index)
  }

  /** Its terminal: completed or incomplete. Returns the outcome that the client is told. */
  end(ending: Outcome["ending"], event: Members, steered: readonly Item[]): Outcome {
    this.#isNew(event)
    const { reply, policy } = this.world
    const told = listOf(membersOf(event.response).output).map(membersOf)
    const streamed = [...this.#items].sort(([one], [other]) => one - other).map(([, item]) => item)
    const output = policy.outputOf(told, streamed)
    // What was streamed has been completed in its place, which may be another where one before it was lost.
    if (output === told) for (const [index, item] of told.entries()) reply.completeItem(item, index)
    this.#settle()
    const isWhole = output.length >= this.#begun.size
    const outcome = { ending, id: this.#id, output, isWhole, steered }
    this.#outcome.resolve(outcome)
    return outcome
  }

  fail(error: ResponsesError): void {
    this.#settle()
    this.#outcome.reject(error)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #settle(): void {
    this.stop()
    this.#isSettled = true
  }

  /** A finished item, and with it something that may not come twice: its call might be run. */
  #collect(item: Item, output_index: unknown): void {
    // Told that it is finished, and not what it is: it is missing.
    if (textOf(item.type) === undefined) return
    const index = typeof output_index === "number" ? output_index : this.#items.size
    this.#items.set(index, item)
    this.world.reply.hasOutput = true
    this.world.reply.completeItem(item, index)
  }

  /** Numbers rise by one within a response (PROTOCOL.md C.5): a repeat is passed over, a gap is told. */
  #isNew({ sequence_number: number }: Members): boolean {
    if (typeof number !== "number") return true
    if (this.world.policy.isRepeat(number, this.#next)) return false
    const isGap = number > this.#next
    this.#next = number + 1
    if (!isGap || this.#hasGap) return true
    this.#hasGap = true
    if (this.isWanted)
      this.world.notes(
        new ResponsesError("sequence_gap", `events of response ${this.#id} before number ${number} are missing`),
      )
    return true
  }
}
