// Takes over net.connect and tls.connect for chosen hosts, so that an unmodified client that dials api.openai.com gets
// an in-memory stream instead. Install before the subject is imported. Everything else dialled is refused: a case never
// reaches a network beyond loopback.
import { syncBuiltinESMExports } from "node:module"
import net from "node:net"
import tls from "node:tls"
import type { MemorySocket } from "./memory-socket.ts"

export interface Interception {
  uninstall(): void
}

type Dial = (secure: boolean, host: string) => MemorySocket | undefined

/** Host of any of the call forms of net.connect and tls.connect: (options), (port, host), (path). */
function hostOf(args: readonly unknown[]): string {
  const [first, second] = args
  if (typeof first === "object" && first !== null) {
    const options = first as { host?: unknown; hostname?: unknown; servername?: unknown; path?: unknown }
    return String(options.host ?? options.hostname ?? options.servername ?? "localhost")
  }
  return typeof second === "string" ? second : "localhost"
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/

/** `dial` gives the client's end for a host, or undefined to let loopback through (and refuse all else); `onLoopback` is
 * told of each real socket so made. */
export function interceptConnections(dial: Dial, onLoopback?: (socket: net.Socket) => void): Interception {
  const before = { connect: net.connect, createConnection: net.createConnection, tlsConnect: tls.connect }
  const take = (secure: boolean, real: (...args: never[]) => net.Socket) =>
    function connect(this: unknown, ...args: unknown[]) {
      const host = hostOf(args)
      const socket = dial(secure, host)
      const callback = args.at(-1)
      if (!socket) {
        if (loopback.test(host)) {
          const made: net.Socket = Reflect.apply(real, this, args)
          onLoopback?.(made)
          return made
        }
        throw new Error(
          `rtspec lets no client dial ${host}: only the scripted server and loopback can be reached in a case`,
        )
      }
      if (typeof callback === "function") socket.once(secure ? "secureConnect" : "connect", callback as () => void)
      return socket
    }
  Object.assign(net, { connect: take(false, before.connect), createConnection: take(false, before.createConnection) })
  Object.assign(tls, { connect: take(true, before.tlsConnect) })
  syncBuiltinESMExports()
  return {
    uninstall() {
      Object.assign(net, { connect: before.connect, createConnection: before.createConnection })
      Object.assign(tls, { connect: before.tlsConnect })
      syncBuiltinESMExports()
    },
  }
}
