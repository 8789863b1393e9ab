// One socket, from dialling to its end: frames in and out, a heartbeat against half-open lines, and silence afterwards.
import { type RawData, WebSocket } from "ws"
import { RealtimeError } from "./errors.ts"
import type { ClientEvent, ServerEvent } from "./events.ts"
import type { Policy } from "./policy.ts"

const pingEveryMs = 15_000
const silentAtMostMs = 45_000
const closingAtMostMs = 3_000

export interface ConnectionHandlers {
  /** The socket is open; a session there is not yet. */
  open(): void
  event(event: ServerEvent): void
  malformed(error: RealtimeError): void
  /** The connection ended, and not by close(). Told once. */
  lost(error: RealtimeError): void
}

/** The decisions of a policy that concern a socket. */
export type SocketPolicy = Pick<Policy, "listensForSocketErrors" | "stopsHeartbeat" | "read">

export class Connection {
  readonly #socket: WebSocket
  readonly #handlers: ConnectionHandlers
  readonly #policy: SocketPolicy
  /** Settles when the socket is gone. */
  readonly #gone: Promise<void>
  #isOver = false
  #lastFrameAt = Date.now()
  #failure: Error | undefined
  #heartbeat: ReturnType<typeof setInterval>

  constructor(url: string, apiKey: string, policy: SocketPolicy, handlers: ConnectionHandlers) {
    this.#policy = policy
    this.#handlers = handlers
    this.#socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${apiKey}` },
      perMessageDeflate: false,
      // Answered below: the closure that ws 8.23 keeps to answer by itself is not freed in time, and makes a case a sixth dearer.
      autoPong: false,
    })
    this.#heartbeat = setInterval(() => this.#beat(), pingEveryMs)
    const alive = () => {
      this.#lastFrameAt = Date.now()
    }
    this.#socket
      .on("open", () => this.#isOver || handlers.open())
      .on("message", (data, isBinary) => this.#receive(data, isBinary))
      .on("ping", (data) => {
        alive()
        this.#socket.pong(data)
      })
      .on("pong", alive)
    // This listener stays for good: an `error` event without one ends the process, even long after the close.
    if (policy.listensForSocketErrors)
      this.#socket.on("error", (error) => {
        this.#failure = error
      })
    this.#gone = new Promise((resolve) => {
      this.#socket.once("close", (code, reason) => {
        resolve()
        this.#end(code, String(reason))
      })
    })
  }

  /** Throws `not_connected` where the socket is not open: what cannot be sent must not vanish. */
  send(event: ClientEvent): void {
    if (this.#isOver || this.#socket.readyState !== WebSocket.OPEN)
      throw new RealtimeError("not_connected", `${event.type} was not sent: there is no open connection`)
    this.#socket.send(JSON.stringify(event))
  }

  /** Nothing is delivered from here on. Resolves when the socket is gone, after three seconds at the latest. */
  async close(): Promise<void> {
    this.#isOver = true
    this.#stop()
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate()
    else this.#socket.close(1000)
    const impatience = setTimeout(() => this.#socket.terminate(), closingAtMostMs)
    await this.#gone
    clearTimeout(impatience)
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#lastFrameAt = Date.now()
    if (this.#isOver) return
    const event = isBinary ? undefined : this.#policy.read(String(data))
    if (event) this.#handlers.event(event)
    else this.#handlers.malformed(new RealtimeError("malformed", "the server sent a frame that is no event"))
  }

  #beat(): void {
    if (Date.now() - this.#lastFrameAt >= silentAtMostMs) this.#socket.terminate()
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping()
  }

  #stop(): void {
    if (this.#policy.stopsHeartbeat) clearInterval(this.#heartbeat)
  }

  #end(code: number, reason: string): void {
    this.#stop()
    if (this.#isOver) return
    this.#isOver = true
    const why = this.#failure?.message ?? (reason === "" ? `close code ${code}` : `close code ${code}: ${reason}`)
    // 3000 and above are refusals by OpenAI (key, model, shape): they are the same the next time (PROTOCOL.md A.1).
    this.#handlers.lost(new RealtimeError("connection_lost", `the connection was lost (${why})`, code >= 3000))
  }
}
