// A recording proxy: clients dial it on this machine, it dials the upstream for each, and tells every frame that goes by. It
// changes nothing on the way; what is written down, and what is left out of that, is for who listens.
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { rootCertificates } from "node:tls"
import { WebSocket, WebSocketServer } from "ws"
import { type Passed, type RelaySide, relay } from "./record-relay.ts"

/** `atMs`: since recording began. `connection` counts from 1. */
export type Seen = { readonly atMs: number; readonly connection: number; readonly side: RelaySide } & (
  | Passed
  | { readonly kind: "handshake"; readonly url?: string; readonly status?: number }
)

export interface RecordOptions {
  /** ws: or wss: URL. Without a path, clients' own paths are dialled there. */
  readonly upstream: string
  /** 0 (default): any that is free. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Certificate authorities to trust beside those of Node, as PEM. */
  readonly ca?: string
  readonly onSeen: (seen: Seen) => void
}

export interface Recording {
  /** Where clients dial, such as `ws://127.0.0.1:4000`. */
  readonly origin: string
  /** Closes all connections (1001 to both sides) and the port. */
  close(): Promise<void>
}

/** Handshake headers that belong to one connection, or that ws makes anew. */
const ownHeaders = /^(host|connection|upgrade|sec-websocket-.*|proxy-.*|keep-alive|transfer-encoding|content-length)$/

const plainFrames = { perMessageDeflate: false, maxPayload: 0, skipUTF8Validation: true, autoPong: false } as const

/** What both sides have, at the end, to answer a close frame. */
const partingMs = 1_000

/** Rejects where the port cannot be had. */
export async function record({
  upstream,
  port = 0,
  host = "127.0.0.1",
  ca,
  onSeen,
}: RecordOptions): Promise<Recording> {
  const began = performance.now()
  const chosen = new WeakMap<IncomingMessage, string>()
  const doors = new WebSocketServer({
    ...plainFrames,
    noServer: true,
    clientTracking: false,
    handleProtocols: (_, request) => chosen.get(request) || false,
  })
  const open = new Set<WebSocket>()
  let count = 0
  const server = createServer((_, response) => void response.writeHead(426).end("rtspec record: WebSocket only\n"))
  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => {})
    const connection = ++count
    const see = (side: RelaySide, what: Passed | { kind: "handshake"; url?: string; status?: number }) =>
      onSeen({ atMs: performance.now() - began, connection, side, ...what })
    const url = targetOf(upstream, request.url ?? "/")
    see("client", { kind: "handshake", url })
    const up = dial(url, request, ca)
    const gone = () => up.terminate()
    stream.once("close", gone)
    let isTurnedAway = false
    up.once("unexpected-response", (_, answer) => {
      isTurnedAway = true
      see("server", { kind: "handshake", status: answer.statusCode ?? 0 })
      turnAway(stream, answer)
    })
    up.on("error", ({ message }) => {
      if (isTurnedAway || up.readyState === up.OPEN || stream.writableEnded || stream.destroyed) return
      see("server", { kind: "error", message })
      stream.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    })
    up.once("open", () => {
      stream.off("close", gone)
      chosen.set(request, up.protocol)
      doors.handleUpgrade(request, stream, head, (down) => {
        see("server", { kind: "handshake", status: 101 })
        for (const socket of [down, up]) {
          open.add(socket)
          socket.once("close", () => open.delete(socket))
        }
        relay(down, up, see)
      })
    })
  })
  const address = await listen(server, port, host)
  return {
    origin: `ws://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.close(1001, "rtspec record ends")
        const patience = setTimeout(() => {
          for (const socket of open) socket.terminate()
        }, partingMs)
        server.close(() => {
          clearTimeout(patience)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
}

/** The upstream's URL for what a client dialled: its own path and query where the upstream names none, else the upstream's
 * path, and of the client's query what the upstream does not say. */
function targetOf(upstream: string, dialled: string): string {
  const target = new URL(upstream)
  const asked = new URL(dialled, "ws://localhost")
  if (target.pathname === "/") target.pathname = asked.pathname
  for (const [name, value] of asked.searchParams)
    if (!target.searchParams.has(name)) target.searchParams.append(name, value)
  return target.href
}

function dial(url: string, request: IncomingMessage, ca: string | undefined): WebSocket {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !ownHeaders.test(name)))
  const protocols = request.headers["sec-websocket-protocol"]?.split(",").map((protocol) => protocol.trim()) ?? []
  return new WebSocket(url, protocols, {
    ...plainFrames,
    headers,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  })
}

/** The upstream's refusal, handed on. */
function turnAway(stream: Duplex, answer: IncomingMessage) {
  const type = answer.headers["content-type"] ?? "text/plain"
  const body: Buffer[] = []
  answer.on("data", (chunk: Buffer) => body.push(chunk))
  answer.once("end", () => {
    const bytes = Buffer.concat(body)
    const head = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage ?? ""}\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${bytes.length}\r\n\r\n`
    stream.end(Buffer.concat([Buffer.from(head), bytes]))
  })
}
