// The server's end for a client in another process: real sockets on 127.0.0.1. What comes from the client is kept back until
// it has gone quiet, and then let in: sightings first, dials and frames after them. Which pipe was read first thus says nothing.
import { type AddressInfo, createServer, type Socket } from "node:net"
import { type Connection, createEndpoint, type Listener } from "../endpoint.ts"
import { type Ahead, createAhead } from "./ahead.ts"

export interface Wire {
  readonly origin: string
  readonly ahead: Ahead
  reset(listener: Listener): void
  /** Lets in what was kept back. Returns whether there was anything. */
  letIn(): boolean
  /** What has come so far, let in or not: it changes when something comes. */
  arrived(): number
  /** Bytes that the server has sent since it was reset, as far as their turn has come, and that it has received. */
  bytes(): { readonly sent: number; readonly received: number }
  /** A connection is being made or torn down: something of it is still on its way. */
  inTransition(): boolean
  /** Streams that are open on our side. */
  streams(): number
  connections(): readonly Connection[]
  close(): void
}

/** `dialsAtOnce`: for a client that waits for its connection and cannot go quiet before. `sendsAhead`: for a program that lets
 * its client have one frame after the other. */
export async function openWire(dialsAtOnce = false, sendsAhead = false): Promise<Wire> {
  const endpoint = createEndpoint()
  const ahead = createAhead()
  /** As the server has them. */
  let lines = new Map<Connection, Connection>()
  const lineOf = (connection: Connection) => lines.get(connection) ?? connection
  const port = createServer({ noDelay: true })
  let sockets = new Set<Socket>()
  /** In the order in which they came on each connection; connections in the order in which they were made. */
  let dials: Socket[] = []
  let held: { number: number; tell: () => void }[] = []
  let arrived = 0
  /** Of sockets that have closed. */
  let gone = { sent: 0, received: 0 }
  const hold = (number: number, tell: () => void) => {
    arrived += 1
    held.push({ number, tell })
  }
  port.on("connection", (socket) => {
    arrived += 1
    sockets.add(socket)
    if (dialsAtOnce) endpoint.take(socket)
    else dials.push(socket)
    socket.on("error", () => {})
    socket.once("close", () => {
      if (!sockets.delete(socket)) return
      dials = dials.filter((each) => each !== socket)
      gone = { sent: gone.sent + socket.bytesWritten, received: gone.received + socket.bytesRead }
    })
  })
  await new Promise<void>((resolve) => port.listen(0, "127.0.0.1", resolve))
  const letInFrames = () => {
    const now = held.sort((one, other) => one.number - other.number)
    held = []
    for (const { tell } of now) tell()
    return now.length > 0
  }
  return {
    ahead,
    origin: `ws://127.0.0.1:${(port.address() as AddressInfo).port}`,
    reset(listener) {
      for (const socket of sockets) socket.destroy()
      sockets = new Set()
      dials = []
      held = []
      gone = { sent: 0, received: 0 }
      lines = new Map()
      ahead.reset()
      endpoint.reset({
        ...listener,
        accepted(connection, stream) {
          if (stream && sendsAhead) lines.set(connection, ahead.of(connection, stream))
          listener.accepted(lineOf(connection))
        },
        message: (connection, data, isBinary) =>
          hold(connection.number, () => listener.message(lineOf(connection), data, isBinary)),
        closed: (connection, code, reason) =>
          hold(connection.number, () => listener.closed(lineOf(connection), code, reason)),
      })
    },
    letIn() {
      if (letInFrames()) return true
      const dial = dials.shift()
      if (dial) endpoint.take(dial)
      return dial !== undefined
    },
    arrived: () => arrived,
    bytes: () =>
      [...sockets].reduce(
        ({ sent, received }, { bytesWritten, bytesRead }) => ({
          sent: sent + bytesWritten,
          received: received + bytesRead,
        }),
        { ...gone, sent: gone.sent - ahead.bytes() },
      ),
    inTransition: () => endpoint.inTransition() > 0,
    // One that is destroyed has still to tell so; the client is told by the kernel at once.
    streams: () => [...sockets].filter(({ destroyed }) => !destroyed).length,
    connections: () => endpoint.connections(),
    close() {
      for (const socket of sockets) socket.destroy()
      endpoint.close()
      port.close()
    },
  }
}
