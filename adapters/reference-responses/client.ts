// The smallest client for Responses over WebSocket that is right: what an app calls. It keeps the conversation, so that any
// connection can be told all of it; it asks again where that can do no harm, and runs the tools that a reply calls.
import type { ClientTool } from "../reference/tools.ts"
import { Conversation, type Item, type Turn, userMessage } from "./context.ts"
import { connectionLimit, ResponsesError } from "./errors.ts"
import { Exchange, type Outcome } from "./exchange.ts"
import type { LaneName, Line } from "./line.ts"
import { type Policy, rightPolicy } from "./policy.ts"
import { Pool } from "./pool.ts"
import { type Output, Reply } from "./reply.ts"
import { Tools } from "./tools.ts"

export interface ClientHandlers {
  /** A reply that no call of the app's returned: what follows on a tool's output, or on steering. */
  reply?(reply: Reply): void
  output?(output: Output, reply: Reply): void
  /** A failure that no reply carries. */
  error?(error: ResponsesError): void
}

export interface ClientOptions {
  /** `wss://api.openai.com/v1/responses` */
  readonly url: string
  readonly apiKey: string
  readonly model: string
  readonly tools?: readonly ClientTool[]
  readonly on?: ClientHandlers
  readonly policy?: Policy
}

/** `name` is for the app: the Reply carries it, and cancel() takes it. What is said on a lane is a conversation of its own. */
export interface SayOptions {
  readonly name?: string | undefined
  readonly lane?: LaneName
}

interface Asked {
  readonly reply: Reply
  readonly turn: Turn
  readonly lane: LaneName
  readonly generates: boolean
  /** The app takes it back: nothing more is asked for it. */
  isTakenBack: boolean
  /** Where it was asked last. */
  at: { readonly line: Line; readonly exchange: Exchange } | undefined
}

export class ResponsesClient {
  readonly #policy: Policy
  readonly #on: ClientHandlers
  readonly #tools: Tools
  readonly #pool: Pool
  readonly #conversations = new Map<LaneName, Conversation>()
  readonly #asked = new Set<Asked>()
  readonly #pauses = new Map<ReturnType<typeof setTimeout>, () => void>()
  #closed: ResponsesError | undefined

  constructor({ url, apiKey, model, tools = [], on = {}, policy = rightPolicy }: ClientOptions) {
    this.#policy = policy
    this.#on = on
    this.#tools = new Tools(tools, policy)
    const settings = { model, ...this.#tools.told }
    this.#pool = new Pool({ url, apiKey, policy, settings, error: (error) => on.error?.(error) })
  }

  /** Opens a connection ahead of the first request. */
  async connect(): Promise<void> {
    if (this.#closed) throw this.#closed
    await this.#pool.ready()
  }

  /** Says something. Throws `closed`. */
  say(text: string, { name, lane }: SayOptions = {}): Reply {
    return this.#ask(name, lane, this.#conversation(lane).begin(userMessage(text)))
  }

  /** Has the server read the conversation so far, without a reply. */
  warmUp(name?: string): Reply {
    return this.#ask(name, undefined, this.#conversation(undefined).begin(), false)
  }

  /** Adds to what was asked under that name while its reply is under way. Throws `not_connected`. */
  steer(name: string, text: string): void {
    const asked = [...this.#asked].findLast(({ reply }) => reply.name === name)
    if (!asked?.at || asked.reply.isOver)
      throw new ResponsesError("not_connected", `there is no reply to "${name}" under way`)
    asked.at.line.steer(asked.at.exchange, userMessage(text), asked.lane)
  }

  /** Stops the replies to what was asked under that name; without a name, all. */
  cancel(name?: string): void {
    for (const asked of [...this.#asked]) {
      const { reply, at, lane } = asked
      if (name !== undefined && reply.name !== name) continue
      asked.isTakenBack = true
      reply.cancel()
      if (at) at.line.giveUp(at.exchange, lane)
    }
  }

  /** Settles everything that waits, then closes the sockets. */
  async close(): Promise<void> {
    this.#closed ??= new ResponsesError("closed", "the client was closed")
    for (const [timer, goOn] of this.#pauses) {
      clearTimeout(timer)
      goOn()
    }
    await this.#pool.close(this.#closed)
  }

  #conversation(lane: LaneName): Conversation {
    const known = this.#conversations.get(lane) ?? new Conversation()
    this.#conversations.set(lane, known)
    return known
  }

  #ask(name: string | undefined, lane: LaneName, turn: Turn, generates = true): Reply {
    if (this.#closed) throw this.#closed
    const asked = this.#newly({ turn, lane, generates }, name)
    this.#send(asked)
    void this.#see(asked)
    return asked.reply
  }

  #newly({ turn, lane, generates }: Pick<Asked, "turn" | "lane" | "generates">, name: string | undefined): Asked {
    const deliver = (output: Output, reply: Reply) => this.#on.output?.(output, reply)
    const reply = new Reply(name, deliver, this.#policy.mutesCancelled)
    const asked = { turn, lane, generates, reply, isTakenBack: false, at: undefined }
    this.#asked.add(asked)
    return asked
  }

  #send(asked: Asked): void {
    const { lane, turn } = asked
    const context = this.#conversation(lane).upTo(turn)
    const line = this.#pool.take(lane, context)
    const exchange = this.#exchange(asked, context, false, line)
    asked.at = { line, exchange }
    line.start(exchange, lane)
  }

  #exchange(asked: Asked, context: readonly Item[], isSuccessor: boolean, line: Line): Exchange {
    const { reply, generates } = asked
    return new Exchange({
      policy: this.#policy,
      context,
      reply,
      generates,
      isSuccessor,
      notes: (error) => this.#on.error?.(error),
      succeed: (grown) => this.#succeed(asked, grown, line),
    })
  }

  /** The server answers what was steered with a response of its own accord. */
  #succeed(steered: Asked, context: readonly Item[], line: Line): Exchange {
    const asked = this.#newly(steered, steered.reply.name)
    const exchange = this.#exchange(asked, context, true, line)
    asked.at = { line, exchange }
    if (steered.reply.isOver) asked.reply.cancel()
    else this.#on.reply?.(asked.reply)
    void this.#see(asked)
    return exchange
  }

  /** Follows what was asked to its end, and asks again where it may. */
  async #see(asked: Asked): Promise<void> {
    const { reply } = asked
    for (let attempts = 0; asked.at && !reply.isOver; attempts += 1) {
      const { exchange } = asked.at
      try {
        await this.#finished(asked, await exchange.outcome)
      } catch (error) {
        await this.#failed(asked, exchange, error as ResponsesError, attempts)
      }
    }
    this.#asked.delete(asked)
  }

  async #failed(asked: Asked, exchange: Exchange, error: ResponsesError, attempts: number): Promise<void> {
    const { reply } = asked
    const hasOutput = reply.hasOutput || exchange.world.isSuccessor
    const { continued } = exchange
    const afterMs = this.#policy.asksAgainAfterMs({ error, attempts, hasOutput, continued })
    if (reply.isOver) return
    if (afterMs === undefined) return reply.fail(told(error, hasOutput))
    if (afterMs > 0) await this.#pause(afterMs)
    if (this.#closed) reply.fail(this.#closed)
    else if (!reply.isOver) this.#send(asked)
  }

  /** Only what the app was given becomes part of the conversation. */
  async #finished(asked: Asked, { ending, output, steered }: Outcome): Promise<void> {
    const { turn, reply, lane } = asked
    if (reply.isOver) return
    const calls = ending === "completed" ? this.#tools.begin(output) : []
    turn.items.push(...output, ...steered)
    reply.end(ending)
    if (calls.length === 0) return
    turn.items.push(...(await this.#tools.outputsOf(calls)))
    if (!this.#closed && !asked.isTakenBack) this.#on.reply?.(this.#ask(reply.name, lane, turn))
  }

  #pause(ms: number): Promise<void> {
    return new Promise((goOn) => {
      const timer = setTimeout(() => {
        this.#pauses.delete(timer)
        goOn()
      }, ms)
      this.#pauses.set(timer, goOn)
    })
  }
}

/** A loss in the middle of a reply leaves open how it would have ended, and the app may want to know that (W15). */
const told = (error: ResponsesError, hasOutput: boolean): ResponsesError =>
  hasOutput && (error.code === "connection_lost" || error.code === connectionLimit)
    ? new ResponsesError("outcome_unknown", `${error.message}; how the reply would have ended is not known`)
    : error
