// The memory transport: the subject's own dialling ends in an in-memory stream; no kernel, no port, no TLS.
import { untilQuiet } from "../sim/quiet.ts"
import { createEndpoint } from "./endpoint.ts"
import { interceptConnections } from "./intercept.ts"
import { type MemorySocket, socketPair } from "./socket-pair.ts"
import type { Transport } from "./transport.ts"

export const openAiHost = "api.openai.com"

/** Call before the subject is imported. */
export function openMemoryTransport(): Transport {
  const endpoint = createEndpoint()
  const clients = new Set<MemorySocket>()
  /** What clients wrote and the server has not received: it arrives when the client has gone quiet, as over a kernel. */
  const onTheWay: (() => void)[] = []
  const interception = interceptConnections((secure, host) => {
    if (host !== openAiHost) return undefined
    const { client, server } = socketPair(secure, (arrive) => void onTheWay.push(arrive))
    clients.add(client)
    client.once("close", () => clients.delete(client))
    process.nextTick(() => endpoint.take(server))
    return client
  })
  return {
    kind: "memory",
    origin: `wss://${openAiHost}`,
    reset(listener) {
      endpoint.reset(listener)
      for (const client of clients) client.destroy()
      clients.clear()
      onTheWay.length = 0
    },
    async settle(activity) {
      for (;;) {
        await untilQuiet(activity)
        if (onTheWay.length === 0) return
        for (const arrive of onTheWay.splice(0)) arrive()
      }
    },
    openSockets: () => [...clients].filter((client) => !client.destroyed).length,
    close() {
      interception.uninstall()
      endpoint.close()
    },
  }
}
