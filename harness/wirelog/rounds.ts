// What a client could know when it sent something, told from a log: a round begins when the client speaks after the server,
// if what the server had said was surely read by then. Taken down at the client's end, it was; elsewhere it may have crossed.
import type { LogEntry, LogHeader } from "./log.ts"

/** On the longest way from a proxy or a server to a client; slower is rare, and then nobody is blamed for it. */
const surelyReadAfterMs = 1_000
/** Where a log has no times: so many events of the server's, one after another. */
const surelyReadAfterEvents = 4

export interface Rounds {
  /** The round of an entry; call it in order. */
  of(entry: LogEntry): number
}

export function createRounds(end: LogHeader["end"]): Rounds {
  let round = 0
  let unread: { sinceMs: number | undefined; events: number } | undefined
  return {
    of({ side, atMs, kind }) {
      if (kind === "ping" || kind === "pong") return round
      if (side === "server") {
        unread ??= { sinceMs: atMs, events: 0 }
        unread.events += 1
        return round
      }
      if (unread && isRead(unread, atMs, end)) {
        round += 1
        unread = undefined
      }
      return round
    },
  }
}

function isRead(
  { sinceMs, events }: { sinceMs: number | undefined; events: number },
  atMs: number | undefined,
  end: LogHeader["end"],
): boolean {
  if (end === "client") return true
  if (sinceMs !== undefined && atMs !== undefined) return atMs - sinceMs >= surelyReadAfterMs
  return events >= surelyReadAfterEvents
}
