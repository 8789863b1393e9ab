// What a client could know when it sent something, told from a log: an event of the server's was surely read by then, or may
// have crossed. Taken down at the client's end, all of them were read; elsewhere it takes time to get there.
import type { LogEntry, LogHeader } from "./log.ts"

/** On the longest way from a proxy or a server to a client; slower is rare, and then nobody is blamed for it. */
const surelyReadAfterMs = 1_000
/** Where a log has no times: so many events of the server's after it. */
const surelyReadAfterEvents = 4

export interface Rounds {
  /** The round of an entry of one connection; call it in order. What the client sends is of a later round than all that it had
   * surely read, and of no later one than what may have crossed it. */
  of(entry: LogEntry): number
}

export function createRounds(end: LogHeader["end"]): Rounds {
  let said = 0
  let read = 0
  /** When each of those that are not read yet was said, the oldest first. */
  let unread: number[] = []
  return {
    of({ side, atMs, kind }) {
      if (side === "server") {
        if (kind === "ping" || kind === "pong") return said
        said += 1
        if (end !== "client" && atMs !== undefined) unread.push(atMs)
        return said
      }
      if (end === "client") read = said
      else if (atMs === undefined) read = Math.max(read, said - surelyReadAfterEvents)
      else {
        const crossed = unread.findIndex((since) => atMs - since < surelyReadAfterMs)
        unread = crossed < 0 ? [] : unread.slice(crossed)
        read = said - unread.length
      }
      return read + 1
    },
  }
}
