// A whole log in memory, as a replay needs it: its entries, and for each connection what the client sent.
import type { WireEvent } from "../protocol/event.ts"
import type { LogEntry, LogHeader, LogItem } from "../wirelog/log.ts"
import { audioBytes } from "../wirelog/revive.ts"

/** A client event other than appended audio; `line` in the log, `audioBytes` appended on its connection before it. */
export interface SentEvent {
  readonly line: number
  readonly event: WireEvent
  readonly audioBytes: number
}

export interface WholeLog {
  readonly header: Partial<LogHeader>
  readonly entries: readonly LogEntry[]
  /** By connection, in the order in which they were made: what the client sent. */
  readonly sent: ReadonlyMap<number, readonly SentEvent[]>
  /** Appended audio in all, by connection. */
  readonly audioBytes: ReadonlyMap<number, number>
  readonly problems: number
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
  return { header, entries, problems, ...clientLanes(entries) }
}

function clientLanes(entries: readonly LogEntry[]) {
  const sent = new Map<number, SentEvent[]>()
  const bytes = new Map<number, number>()
  for (const entry of entries) {
    const { connection, side, line } = entry
    if (!sent.has(connection)) sent.set(connection, [])
    if (entry.kind !== "event" || side !== "client") continue
    const sofar = bytes.get(connection) ?? 0
    if (isAppend(entry.event)) bytes.set(connection, sofar + audioBytes(entry.event.audio))
    else sent.get(connection)?.push({ line, event: entry.event, audioBytes: sofar })
  }
  return { sent, audioBytes: bytes }
}
