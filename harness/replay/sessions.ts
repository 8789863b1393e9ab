// A whole log in memory, as a replay needs it: its entries, and for each connection what the client sent.
import type { WireEvent } from "../protocol/event.ts"
import type { LogEntry, LogHeader, LogItem } from "../wirelog/log.ts"
import { audioBytes } from "../wirelog/revive.ts"
import { type Activity, createActivity } from "./activity.ts"

/** A client event other than appended audio; `line` in the log, `audioBytes` appended on its connection before it. */
export interface SentEvent {
  readonly line: number
  readonly event: WireEvent
  readonly audioBytes: number
  /** A response of the default conversation was active. */
  readonly isBusy: boolean
}

export interface WholeLog {
  readonly header: Partial<LogHeader>
  readonly entries: readonly LogEntry[]
  /** By connection, in the order in which they were made: what the client sent. */
  readonly sent: ReadonlyMap<number, readonly SentEvent[]>
  /** Appended audio in all, by connection. */
  readonly audioBytes: ReadonlyMap<number, number>
  readonly problems: number
  /** Client events that are neither waited for nor compared. */
  readonly uncounted: ReadonlySet<string>
  /** It is played against another client than the one that was recorded, or nobody knows which that was. */
  readonly isOfAnother: boolean
}

export const isAppend = ({ type }: WireEvent): boolean => type === "input_audio_buffer.append"

export async function wholeLog(items: AsyncIterable<LogItem>): Promise<WholeLog> {
  let header: Partial<LogHeader> = {}
  let problems = 0
  const entries: LogEntry[] = []
  for await (const item of items) {
    if (item.kind === "header") header = item.header
    else if (item.kind === "problem") problems += 1
    else if (item.entry.kind !== "ping" && item.entry.kind !== "pong") entries.push(item.entry)
  }
  return { header, entries, problems, isOfAnother: false, ...clientLanes(entries, new Set()) }
}

/** The log as it is played against a client. What another client's app had configured, and in how many updates, says nothing. */
export function playedAgainst(log: WholeLog, client: string): WholeLog {
  if (log.header.client?.name === client) return log
  return { ...log, isOfAnother: true, ...clientLanes(log.entries, new Set(["session.update"])) }
}

function clientLanes(entries: readonly LogEntry[], uncounted: ReadonlySet<string>) {
  const sent = new Map<number, SentEvent[]>()
  const bytes = new Map<number, number>()
  const activities = new Map<number, Activity>()
  for (const entry of entries) {
    const { connection, side, line } = entry
    if (!sent.has(connection)) sent.set(connection, [])
    const activity = activities.get(connection) ?? createActivity()
    activities.set(connection, activity)
    if (entry.kind !== "event") continue
    if (side === "server") {
      activity.take(entry.event)
      continue
    }
    const sofar = bytes.get(connection) ?? 0
    if (isAppend(entry.event)) bytes.set(connection, sofar + audioBytes(entry.event.audio))
    else if (!uncounted.has(entry.event.type))
      sent.get(connection)?.push({ line, event: entry.event, audioBytes: sofar, isBusy: activity.isBusy })
  }
  return { sent, audioBytes: bytes, uncounted }
}
