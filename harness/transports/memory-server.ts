// The server's end of the wire in memory: upgrade, frames and closing over a client's in-memory stream, without sockets
// or streams of its own. To a client it is what endpoint.ts is over a kernel; transport.test.ts holds the two together.
import type { Listener } from "./endpoint.ts"
import { acceptance, createHeadReader, readUpgrade, refusal } from "./handshake.ts"
import { MemoryLine } from "./memory-line.ts"
import type { MemorySocket } from "./memory-socket.ts"

export interface MemoryServer {
  /** Takes a client's stream as the other end of a new connection. */
  take(client: MemorySocket): void
  /** Forgets every connection; numbering begins again. */
  reset(listener: Listener): void
}

export function createMemoryServer(): MemoryServer {
  let listener: Listener | undefined
  let count = 0
  const upgrade = (client: MemorySocket, head: string, rest: Buffer) => {
    const request = readUpgrade(head)
    if (!listener || !request) return
    const number = ++count
    const { url, headers } = request
    const drop = () => client.arrive(null)
    const admission = listener.connecting({ number, url, headers, drop })
    if (admission.as === "ignore") return
    if (admission.as === "refuse") {
      client.arrive(Buffer.from(refusal(admission.status, admission.body ?? "")))
      return drop()
    }
    const heard = listener
    const accept = () => {
      if (heard !== listener || client.destroyed) return
      client.arrive(Buffer.from(acceptance(request)))
      const line = new MemoryLine(client, heard, number, url)
      client.server = line
      heard.accepted(line)
      if (rest.length > 0) line.heard(rest)
    }
    if (admission.as === "accept") accept()
    else admission.when(accept)
  }
  return {
    take(client) {
      const readHead = createHeadReader()
      client.server = {
        heard(chunk) {
          const whole = readHead(chunk)
          if (whole) upgrade(client, whole.head, whole.rest)
        },
        ended: () => client.arrive(null),
      }
    },
    reset(next) {
      listener = next
      count = 0
    },
  }
}
