// The server's end of the wire: real HTTP upgrade and WebSocket framing (ws) over whatever stream a transport brings.
// It knows nothing of OpenAI; the scripted server says what to accept, send and close.
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { Duplex } from "node:stream"
import { type RawData, type WebSocket, WebSocketServer } from "ws"

/** What the scripted server is told. `number` counts connections from 1. */
export interface Listener {
  /** A client wants to connect: accept it, refuse it with an HTTP status, or leave it without an answer. */
  connecting(request: Dialling): Admission
  /** `stream`: what it runs over, where that is more than memory. */
  accepted(connection: Connection, stream?: Duplex): void
  message(connection: Connection, data: string | Uint8Array, isBinary: boolean): void
  /** The client closed or dropped the connection (1006 when there was no close frame). */
  closed(connection: Connection, code: number, reason: string): void
}

/** A client's attempt to connect. */
export interface Dialling {
  readonly number: number
  readonly url: string
  readonly headers: IncomingMessage["headers"]
  /** Ends an attempt that was left without an answer. */
  drop(): void
}

export type Admission =
  | { readonly as: "accept" }
  | { readonly as: "refuse"; readonly status: number; readonly body?: string }
  | { readonly as: "ignore" }
  /** As accept, but only when `when` calls back: the client may have given up by then. */
  | { readonly as: "accept-late"; when(go: () => void): void }

export interface Connection {
  readonly number: number
  readonly url: string
  /** Sends one text frame; several frames sent within `together` leave in one chunk. `splitAt`: the frame arrives in two
   * pieces, the first of that many bytes, where the transport can. */
  send(text: string, splitAt?: number): void
  /** These frames will follow, each in its turn, whatever comes of the ones before. True: they are on the wire. */
  foresee?(texts: readonly string[]): boolean
  sendBinary(bytes: Uint8Array): void
  together(sends: () => void): void
  close(code: number, reason: string): void
  /** Ends the stream without a close frame; `reset` also raises ECONNRESET at the client where the transport can. */
  drop(reset?: boolean): void
  /** Half-open from here on: reads nothing, answers no ping, sends nothing, and does not close. */
  silence(): void
  /** Sends a ping; resolves when its pong has come or the connection is gone. */
  ping(): Promise<void>
  /** Open, and not gone silent: what is sent arrives. */
  readonly reaches: boolean
}

export interface Endpoint {
  /** Takes a connected stream as the server's end of a TCP connection. */
  take(stream: Duplex): void
  readonly server: Server
  connections(): readonly Connection[]
  /** Connections that are being made or torn down: something of theirs may still be on its way. */
  inTransition(): number
  /** Streams that have not closed. */
  streams(): number
  /** Forgets and destroys every connection; numbering begins again. */
  reset(listener: Listener): void
  close(): void
}

export function createEndpoint(): Endpoint {
  const frames = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    autoPong: false,
    maxPayload: 0,
  })
  const server = createServer()
  let listener: Listener | undefined
  let open = new Map<Connection, WebSocket>()
  let streams = new Set<Duplex>()
  /** Streams on which nothing is on its way by itself, by what tells so: open WebSockets, and attempts left unanswered. */
  let standing = new Map<Duplex, () => boolean>()
  let count = 0

  server.on("connection", (stream: Duplex) => {
    streams.add(stream)
    stream.once("close", () => {
      streams.delete(stream)
      standing.delete(stream)
    })
    stream.on("error", () => {})
  })
  server.on("upgrade", (request, stream, head) => {
    const heard = listener
    if (!heard) return void stream.destroy()
    const number = ++count
    const url = request.url ?? "/"
    const admission = heard.connecting({
      number,
      url,
      headers: request.headers,
      drop: () => void stream.destroy(),
    })
    if (admission.as === "ignore") return void standing.set(stream, () => true)
    if (admission.as === "refuse") return refuse(stream, admission.status, admission.body ?? "")
    const accept = () => acceptIn(heard, { request, stream, head, number, url })
    if (admission.as === "accept") return accept()
    standing.set(stream, () => true)
    admission.when(() => {
      standing.delete(stream)
      if (heard === listener && !stream.destroyed) accept()
    })
  })
  interface Upgrade {
    readonly request: IncomingMessage
    readonly stream: Duplex
    readonly head: Buffer
    readonly number: number
    readonly url: string
  }
  const acceptIn = (heard: Listener, { request, stream, head, number, url }: Upgrade) =>
    frames.handleUpgrade(request, stream, head, (socket) => {
      const connection = wrap(socket, stream, number, url)
      open.set(connection, socket)
      standing.set(stream, () => socket.readyState === socket.OPEN)
      socket.on("message", (data, isBinary) =>
        heard.message(connection, isBinary ? bytesOf(data) : String(data), isBinary),
      )
      socket.on("error", () => {})
      socket.on("close", (code, reason) => {
        open.delete(connection)
        heard.closed(connection, code, String(reason))
      })
      heard.accepted(connection, stream)
    })
  return {
    take: (stream) => void server.emit("connection", stream),
    server,
    connections: () => [...open.keys()],
    streams: () => streams.size,
    inTransition: () => [...streams].filter((stream) => !standing.get(stream)?.()).length,
    reset(next) {
      listener = undefined
      const [sockets, ends] = [open, streams]
      open = new Map()
      streams = new Set()
      standing = new Map()
      count = 0
      for (const socket of sockets.values()) {
        socket.removeAllListeners("close")
        socket.terminate()
      }
      for (const stream of ends) stream.destroy()
      listener = next
    },
    close: () => void server.close(),
  }
}

/** A ws message is a Buffer under the default binaryType; the other shapes are for completeness of the type. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

function refuse(stream: Duplex, status: number, body: string) {
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

function wrap(socket: WebSocket, stream: Duplex, number: number, url: string): Connection {
  let silent = false
  socket.on("ping", (data) => {
    if (!silent && socket.readyState === socket.OPEN) socket.pong(data)
  })
  // A stream that was reset is destroyed at once; its WebSocket learns of that only later.
  const sending = () => !silent && !stream.destroyed && socket.readyState === socket.OPEN
  return {
    number,
    url,
    get reaches() {
      return sending()
    },
    send: (text) => {
      if (sending()) socket.send(text)
    },
    sendBinary: (bytes) => {
      if (sending()) socket.send(bytes, { binary: true })
    },
    together(sends) {
      stream.cork()
      sends()
      stream.uncork()
    },
    close: (code, reason) => {
      if (sending()) socket.close(code, reason)
    },
    drop(reset = false) {
      if (reset && "resetAndDestroy" in stream && typeof stream.resetAndDestroy === "function") stream.resetAndDestroy()
      else socket.terminate()
    },
    silence() {
      silent = true
      socket.pause()
    },
    ping: () =>
      new Promise((resolve) => {
        if (!sending()) return resolve()
        const done = () => {
          socket.off("pong", done)
          socket.off("close", done)
          resolve()
        }
        socket.on("pong", done)
        socket.on("close", done)
        socket.ping()
      }),
  }
}
