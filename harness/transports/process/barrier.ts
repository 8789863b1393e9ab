// The ping barrier: clients answer pings in order, so a pong proves that every earlier frame was dispatched.
import type { Connection } from "../endpoint.ts"

export interface Barrier {
  /** Resolves when each connection's client has answered, or is known to be deaf, and the program has said at least once,
   * with the pings at its door, that nothing is ready to run there. */
  pass(connections: readonly Connection[], askWhenIdle: () => Promise<void>): Promise<void>
}

/** How often the program may say that it is idle until its silence is an answer: whoever reads has read by then. Such a
 * connection is asked again when its pong has come after all. */
const idlesAtMost = 8

export function createBarrier(): Barrier {
  const deaf = new WeakSet<Connection>()
  return {
    async pass(connections, askWhenIdle) {
      const waiting = new Set(connections.filter((connection) => !deaf.has(connection)))
      for (const connection of waiting)
        void connection.ping().then(() => {
          waiting.delete(connection)
          deaf.delete(connection)
        })
      let idles = 0
      do await askWhenIdle()
      while (waiting.size > 0 && ++idles < idlesAtMost)
      for (const connection of waiting) deaf.add(connection)
    },
  }
}
