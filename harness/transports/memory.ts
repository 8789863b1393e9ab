// The memory transport: the subject's own dialling ends in an in-memory stream; no kernel, no port, no TLS.
import { untilQuiet } from "../sim/quiet.ts"
import { interceptConnections } from "./intercept.ts"
import { createMemoryServer } from "./memory-server.ts"
import { type MemorySocket, memorySocket } from "./memory-socket.ts"
import type { Transport } from "./transport.ts"

export const openAiHost = "api.openai.com"

/** Call before the subject is imported. */
export function openMemoryTransport(): Transport {
  const server = createMemoryServer()
  const clients = new Set<MemorySocket>()
  /** What clients did and the server has not heard: it arrives when the client has gone quiet, as over a kernel. */
  const onTheWay: (() => void)[] = []
  const interception = interceptConnections((secure, host) => {
    if (host !== openAiHost) return undefined
    const client = memorySocket(secure, (arrive) => void onTheWay.push(arrive))
    clients.add(client)
    client.once("close", () => clients.delete(client))
    server.take(client)
    return client
  })
  return {
    kind: "memory",
    origin: `wss://${openAiHost}`,
    reset(listener) {
      server.reset(listener)
      for (const client of clients) {
        client.server = undefined
        client.destroy()
      }
      clients.clear()
      onTheWay.length = 0
    },
    settle: (activity, next) =>
      untilQuiet(activity, () => {
        if (onTheWay.length === 0) return next?.() ?? false
        for (const arrive of onTheWay.splice(0)) arrive()
        return true
      }),
    openSockets: () => [...clients].filter((client) => !client.destroyed).length,
    close: () => interception.uninstall(),
  }
}
