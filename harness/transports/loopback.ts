// The loopback transport: a real ws server on 127.0.0.1. Virtual time stands still while frames are on their way, and a
// WebSocket ping is the barrier: clients answer pings in order, so the pong proves that every earlier frame was dispatched.
import type { AddressInfo, Socket } from "node:net"
import { NeverQuiet, untilQuiet } from "../sim/quiet.ts"
import { type Connection, createEndpoint } from "./endpoint.ts"
import { interceptConnections } from "./intercept.ts"
import type { Transport } from "./transport.ts"

const pollsAtMost = 100_000

/** Real time that a client has to answer a ping; kept are the real timers, before the virtual clock stands in for them. */
const pongWithinMs = 3_000
const real = { setTimeout, clearTimeout }

/** One turn of the event loop in which the kernel may bring something. */
const poll = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Resolves when the client has dispatched all that it was sent, or is known to be deaf: its reading of frames has broken
 * down, as ws's does when a listener throws, and nothing that it is sent is dispatched any more. */
function heardOut(connection: Connection, deaf: WeakSet<Connection>): Promise<void> {
  if (deaf.has(connection)) return Promise.resolve()
  return new Promise((resolve) => {
    const patience = real.setTimeout(() => {
      deaf.add(connection)
      resolve()
    }, pongWithinMs)
    void connection.ping().then(() => {
      real.clearTimeout(patience)
      resolve()
    })
  })
}

export async function openLoopbackTransport(): Promise<Transport> {
  const endpoint = createEndpoint()
  /** Clients' ends that are open, and those that are not connected yet. */
  const sockets = new Set<Socket>()
  const dialling = new Set<Socket>()
  const deaf = new WeakSet<Connection>()
  const interception = interceptConnections(
    () => undefined,
    (socket) => {
      sockets.add(socket)
      dialling.add(socket)
      socket.once("connect", () => process.nextTick(() => dialling.delete(socket)))
      socket.once("close", () => {
        dialling.delete(socket)
        sockets.delete(socket)
      })
    },
  )
  /** One end has moved on and the other has not heard of it: connecting, closing, or a client's end that outlives ours. */
  const isBehind = () => dialling.size > 0 || endpoint.inTransition() > 0 || sockets.size > endpoint.streams()
  const untilHeardOut = async (activity: () => number) => {
    for (let polls = 0; polls < pollsAtMost; polls++) {
      const before = activity()
      await poll()
      await untilQuiet(activity)
      if (isBehind()) continue
      await Promise.all(endpoint.connections().map((connection) => heardOut(connection, deaf)))
      await poll()
      await untilQuiet(activity)
      if (activity() === before && !isBehind()) return
    }
    throw new NeverQuiet(`a connection was still being made or torn down after ${pollsAtMost} looks at the kernel`)
  }
  await new Promise<void>((resolve) => endpoint.server.listen(0, "127.0.0.1", resolve))
  const { port } = endpoint.server.address() as AddressInfo
  return {
    kind: "loopback",
    origin: `ws://127.0.0.1:${port}`,
    reset(listener) {
      endpoint.reset(listener)
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    async settle(activity, next = () => false) {
      do await untilHeardOut(activity)
      while (next())
    },
    openSockets: () => sockets.size,
    close() {
      interception.uninstall()
      for (const socket of sockets) socket.destroy()
      endpoint.close()
    },
  }
}
