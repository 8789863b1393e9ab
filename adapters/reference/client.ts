// The smallest Realtime client that is right: what an app calls. It holds one session at a time, connects again with
// back-off when that is lost, and lets go of everything when it is closed.
import { RealtimeError } from "./errors.ts"
import { type Policy, rightPolicy } from "./policy.ts"
import type { Output, Reply } from "./reply.ts"
import { Session } from "./session.ts"
import type { Asking } from "./session-world.ts"
import type { ClientTool } from "./tools.ts"

/** A session must have lived so long for its loss to be a first one again. */
const stableAfterMs = 10_000

/** Once the client has stopped connecting again by itself, an app that asks brings about an attempt, at most so often. */
const attemptEveryMs = 8_000

const closed = () => new RealtimeError("closed", "the client was closed")

export interface ClientHandlers {
  /** A reply began: the app's own (see `name`), a tool's follow-up, or one that the server began. */
  reply?(reply: Reply): void
  output?(output: Output, reply: Reply): void
  /** A failure that no future carries. */
  error?(error: RealtimeError): void
  state?(state: "connected" | "disconnected" | "reconnected"): void
}

export interface ClientOptions {
  /** With the model in the query: `wss://api.openai.com/v1/realtime?model=gpt-realtime`. */
  readonly url: string
  readonly apiKey: string
  /** Members of `session` for the first session.update of every connection. */
  readonly session?: object
  readonly tools?: readonly ClientTool[]
  /** The server still speaks the retired beta, as Azure previews do. */
  readonly isBeta?: boolean
  readonly on?: ClientHandlers
  readonly policy?: Policy
}

/** `name` is for the app: the Reply carries it, and cancel() takes it. */
export interface RequestOptions {
  readonly name?: string
  readonly instructions?: string | undefined
  /** A response beside the conversation, which may run while another does. */
  readonly outOfBand?: boolean
}

export class RealtimeClient {
  readonly #options: ClientOptions
  readonly #policy: Policy
  readonly #on: ClientHandlers
  #config: object
  #session: Session | undefined
  /** By the app: nothing more can be asked. */
  #isClosed = false
  #hasConnected = false
  #attempt = 0
  #openedAt = 0
  #dialledAt = Number.NEGATIVE_INFINITY

  constructor(options: ClientOptions) {
    this.#options = options
    this.#policy = options.policy ?? rightPolicy
    this.#on = options.on ?? {}
    const tools = (options.tools ?? []).map(({ name, description, parameters }) => {
      return { type: "function", name, description, parameters }
    })
    this.#config = { ...options.session, ...(tools.length > 0 ? { tools } : {}) }
  }

  /** Resolves when a session is there; rejects with the server's refusal, the loss, or after ten seconds. */
  async connect(): Promise<void> {
    if (this.#isClosed) throw closed()
    await (this.#session ?? this.#open(0)).opened
  }

  /** Says something and asks for the reply to it, when its turn has come. Resolves when that reply begins. */
  async say(text: string, name?: string): Promise<Reply> {
    const item = { type: "message", role: "user", content: [{ type: "input_text", text }] }
    return this.#ask((session) => ({
      name,
      before: [{ type: "conversation.item.create", event_id: session.nextId(), item }],
    }))
  }

  async request({ name, instructions, outOfBand = false }: RequestOptions): Promise<Reply> {
    const aside = outOfBand ? { conversation: "none", tool_choice: "none" } : {}
    const response = { ...aside, ...(instructions === undefined ? {} : { instructions }) }
    return this.#ask(() => ({ name, outOfBand, response }))
  }

  /** Base64 PCM16, 24 kHz. Throws `not_connected`. */
  append(audio: string): void {
    this.#current().send({ type: "input_audio_buffer.append", audio })
  }

  /** Ends what is spoken, at once, and asks for the reply to it when its turn has come. */
  async commit(name?: string): Promise<Reply> {
    const session = this.#current()
    const event_id = session.nextId()
    session.send({ type: "input_audio_buffer.commit", event_id })
    return session.ask({ name, names: [event_id] })
  }

  /** Stops the named request or its reply; without a name, whatever reply is under way. */
  cancel(name?: string): void {
    this.#session?.cancel(name)
  }

  /** Resolves when the server has taken it over; it then holds for later connections, too. */
  async update(session: object): Promise<void> {
    await this.#current().update(session)
    this.#config = { ...this.#config, ...session }
  }

  /** Tells the server how much of the last audio was heard. */
  truncate(heardMs: number): void {
    this.#current().truncate(heardMs)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const session = this.#session
    this.#session = undefined
    await session?.close(closed)
  }

  #ask(asking: (session: Session) => Asking): Promise<Reply> {
    const session = this.#session ?? this.#revived()
    return session.ask(asking(session))
  }

  #current(): Session {
    if (this.#session?.isOpen) return this.#session
    throw this.#isClosed ? closed() : new RealtimeError("not_connected", "there is no open session")
  }

  /** An app that asks is a reason to try again, also after the client stopped trying by itself. */
  #revived(): Session {
    if (this.#isClosed) throw closed()
    if (this.#dialledAt === Number.NEGATIVE_INFINITY) throw new RealtimeError("not_connected", "connect() first")
    return this.#open(Math.max(0, this.#dialledAt + attemptEveryMs - Date.now()))
  }

  #open(afterMs: number): Session {
    const { url, apiKey, tools = [], isBeta = false } = this.#options
    this.#dialledAt = Date.now() + afterMs
    const session: Session = new Session(
      { url, apiKey, tools, config: this.#config, policy: this.#policy, afterMs, isBeta },
      {
        opened: () => this.#opened(),
        reply: (reply) => this.#on.reply?.(reply),
        output: (output, reply) => this.#on.output?.(output, reply),
        error: (error) => this.#on.error?.(error),
        over: (error) => this.#over(session, error),
      },
    )
    this.#session = session
    return session
  }

  #opened(): void {
    this.#openedAt = Date.now()
    this.#on.state?.(this.#hasConnected ? "reconnected" : "connected")
    this.#hasConnected = true
  }

  #over(session: Session, error: RealtimeError) {
    if (session !== this.#session) return
    this.#session = undefined
    const wasOpen = this.#openedAt > 0
    if (wasOpen) this.#on.state?.("disconnected")
    if (wasOpen && Date.now() - this.#openedAt >= stableAfterMs) this.#attempt = 0
    this.#openedAt = 0
    if (!this.#hasConnected) return
    const afterMs = error.isFatal ? undefined : this.#policy.reconnectAfterMs(this.#attempt)
    if (afterMs === undefined) return this.#on.error?.(error)
    this.#attempt += 1
    this.#open(afterMs)
  }
}
