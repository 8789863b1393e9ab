// One lane of a connection: responses come one after another, in the order of their creates, and everything between
// response.created and the terminal is of the one that is under way. Deltas do not say so themselves (PROTOCOL.md C.2).
import { membersOf, type ServerEvent, textOf } from "../reference/events.ts"
import type { Chain, Item } from "./context.ts"
import { failureOf, ResponsesError } from "./errors.ts"
import type { Exchange } from "./exchange.ts"
import type { Ending, LaneState, Policy } from "./policy.ts"
import { Steering } from "./steering.ts"

/** What a lane tells its connection. */
export interface LaneWorld {
  readonly policy: Policy
  /** Something on it has ended, or was given up. */
  changed(): void
  /** It has waited in vain: its connection is not to be used any more. */
  stuck(): void
  /** A failure that is no end of a reply. */
  error(error: ResponsesError): void
}

export class Lane {
  /** What the server remembers of it. */
  chain: Chain | undefined
  readonly steering = new Steering()
  readonly #world: LaneWorld
  /** In the order of their creates; the first is the one under way, or the next. */
  #exchanges: Exchange[] = []
  readonly #over = new Set<string>()
  /** What an error has ended, whose own response.failed may still follow (W05). */
  #owed: { readonly id: string | undefined } | undefined

  constructor(world: LaneWorld) {
    this.#world = world
  }

  get isIdle(): boolean {
    return this.#exchanges.length === 0
  }

  get hasWanted(): boolean {
    return this.#exchanges.some(({ isWanted }) => isWanted)
  }

  get unsent(): readonly Exchange[] {
    return this.#exchanges.filter(({ isSent }) => !isSent)
  }

  add(exchange: Exchange): void {
    this.#exchanges.push(exchange)
  }

  /** Its create is on the wire, or is the next whose turn it is. */
  await(exchange: Exchange | undefined): void {
    const { requestTimeoutMs, drainAtMostMs } = this.#world.policy
    if (exchange === undefined || exchange !== this.#exchanges[0] || !exchange.isSent) return
    if (!exchange.isWanted) exchange.watch(drainAtMostMs, this.#world.stuck)
    else
      exchange.watch(requestTimeoutMs, () => this.#timedOut(exchange, "the server did not answer the request in time"))
  }

  /** Nobody waits for it any more. There is nothing to cancel it with: it is waited out when its turn has come (W18). */
  giveUp(exchange: Exchange): void {
    const { policy, changed } = this.#world
    if (!this.#exchanges.includes(exchange)) return
    if (!exchange.isSent || !policy.drains) this.#remove(exchange)
    else this.await(exchange)
    changed()
  }

  receive(event: ServerEvent): void {
    const ending = this.#world.policy.endOf(event)
    if (ending === "error") this.#refuse(event)
    else if (ending) this.#end(ending, event)
    else if (event.type.startsWith("response.steer.")) this.#steered(event)
    // An event of another type says nothing of a response, not even that it lives.
    else if (event.type.startsWith("response.") && !this.#over.has(textOf(membersOf(event.response).id) ?? ""))
      this.#stream(event)
  }

  /** The connection is over, and with it everything on it. */
  lose(error: ResponsesError): void {
    for (const exchange of this.#exchanges.splice(0)) exchange.fail(error)
  }

  #stateOf(exchange: Exchange): LaneState {
    return {
      ...{ current: exchange.id, continues: exchange.continued === true },
      ...{ over: this.#over, owesFailed: this.#owed !== undefined },
    }
  }

  #stream(event: ServerEvent): void {
    this.#begin(event)
    const head = this.#exchanges[0]
    if (head?.id === undefined) return
    const { drainAtMostMs, replySilenceMs } = this.#world.policy
    if (head.isWanted) head.watch(replySilenceMs, () => this.#timedOut(head, `the response ${head.id} went silent`))
    else head.watch(drainAtMostMs, this.#world.stuck)
    head.receive(event)
  }

  /** Created, queued and in progress all say which response it is, so one of them may be lost. */
  #begin({ response }: ServerEvent): void {
    const { id: given, previous_response_id } = membersOf(response)
    const id = textOf(given)
    const [head, next] = this.#exchanges
    if (id === undefined || id === head?.id) return
    // Nobody waits: it answers what an error was taken to have refused. Its end is not that of what is asked next, and the
    // server remembers none but the last.
    if (!head) {
      this.#over.add(id)
      this.chain = undefined
      return
    }
    // Its terminal was lost: the lane has gone on to its successor, or to the next.
    if (head.id !== undefined && (!next || textOf(previous_response_id) === head.id)) this.#endSteered(head)
    if (head.id !== undefined && next && head === this.#exchanges[0])
      this.#fail(head, new ResponsesError("failed", `nobody told how ${head.id} ended`))
    if (this.#exchanges[0]?.id !== undefined) return
    this.#exchanges[0]?.begin(id)
    this.#owed = undefined
  }

  /** What follows on steering follows on an end that was no failure (PROTOCOL.md C.5). */
  #endSteered(head: Exchange): void {
    const steered = this.steering.takenFor(head.id)
    if (steered.length === 0) return
    const { output } = head.end("incomplete", {}, steered)
    this.#remove(head)
    this.chain = undefined
    this.#succeed(head.world.succeed([...head.world.context, ...output, ...steered]))
  }

  #end(as: Ending, event: ServerEvent): void {
    const response = membersOf(event.response)
    const id = textOf(response.id)
    const head = this.#exchanges[0]
    const isItsEnd = head !== undefined && this.#world.policy.endsHere({ as, id }, this.#stateOf(head))
    // What an error had ended has been told as failed, too: the next that fails is another.
    if (!isItsEnd && as === "failed" && (id === this.#owed?.id || !this.#over.has(id ?? ""))) this.#owed = undefined
    // Told once more, it is not the end of what is asked next either.
    if (id !== undefined) this.#over.add(id)
    if (!isItsEnd) return
    if (as === "failed") this.#fail(head, failureOf(response), false)
    else this.#finish(head, as, event)
  }

  #finish(head: Exchange, ending: "completed" | "incomplete", event: ServerEvent): void {
    const { policy, changed } = this.#world
    const { id, world, isWanted } = head
    const steered = this.steering.takenFor(id)
    const { output, isWhole } = head.end(ending, event, steered)
    this.#remove(head)
    const covered = [...world.context, ...output]
    const isParent = id !== undefined && isWanted && policy.mayContinueFrom(ending, output, isWhole)
    this.chain = isParent ? { id, covered, owned: steered } : undefined
    if (steered.length > 0 && isSucceeded(output)) this.#succeed(world.succeed([...covered, ...steered]))
    else this.await(this.#exchanges[0])
    changed()
  }

  /** The next response on this lane is one that no create of ours asks for (W07). */
  #succeed(exchange: Exchange): void {
    exchange.isSent = true
    this.#exchanges.unshift(exchange)
    this.await(exchange)
  }

  #refuse(event: ServerEvent): void {
    const { isOwnError, errorOf } = this.#world.policy
    const [head, next] = this.#exchanges
    // Where that has begun, and it is none of its own, it has overtaken its end.
    const asked = head?.id !== undefined && next?.isSent ? [head, next] : [head]
    const refused = asked.find((exchange) => exchange && isOwnError(event, this.#stateOf(exchange)))
    if (refused) this.#fail(refused, errorOf(event))
  }

  #fail(exchange: Exchange, error: ResponsesError, owesFailed = true): void {
    this.#owed = owesFailed ? { id: exchange.id } : undefined
    this.chain = this.#world.policy.chainAfterFailure(this.chain, exchange.id)
    this.#remove(exchange)
    exchange.fail(error)
    this.await(this.#exchanges[0])
    this.#world.changed()
  }

  #steered(event: ServerEvent): void {
    const givenBack = this.steering.receive(event)
    const [head] = this.#exchanges
    if (head?.id !== undefined && head.id === textOf(membersOf(event.steer).previous_response_id)) head.receive(event)
    if (!givenBack) return
    const { error, isLast } = givenBack
    if (isLast && head?.world.isSuccessor && head.id === undefined) this.#fail(head, error)
    // Most come too late: nobody is under way who could be told.
    else if (this.#world.policy.tellsGivenBack) this.#world.error(error)
  }

  #timedOut(exchange: Exchange, message: string): void {
    exchange.fail(new ResponsesError("timeout", message))
    this.#world.stuck()
  }

  #remove(exchange: Exchange): void {
    exchange.stop()
    if (exchange.id !== undefined) this.#over.add(exchange.id)
    this.#exchanges = this.#exchanges.filter((each) => each !== exchange)
  }
}

const isSucceeded = (output: readonly Item[]) => !output.some(({ type }) => type === "function_call")
