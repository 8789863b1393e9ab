// What was said lately in a log: enough to judge what spans several events, and to show what stood around an offence. Of a
// stream the first and the last piece are kept: that it went on says no more, and it is most of a log.
import type { Invariant } from "../checks/invariant.ts"
import { judge } from "../checks/judge.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { Entry } from "../trace/trace.ts"
import type { LogEntry } from "./log.ts"
import { lightened, placed, toTrace } from "./log-trace.ts"

type Said = NonNullable<ReturnType<typeof lightened>>

interface Piece {
  readonly said: Said
  readonly atMs: number
  readonly round: number
  readonly line: number
  readonly isStreamed: boolean
}

/** Part of a log as a page shows it: entries whose `at` is a line of the log. */
export interface LogWindow {
  readonly window: readonly Entry[]
  readonly cause: number
  readonly offence: number
}

export interface Found extends LogWindow {
  readonly invariant: string
  readonly message: string
  readonly line: number
  readonly causeLine: number
}

export interface Lately {
  take(entry: LogEntry, connection: number, round: number): void
  /** The last entry, and what stood before it. */
  last(): LogWindow
  /** Judges all that was not judged yet, and forgets it but for what a page may have to show. */
  judge(): readonly Found[]
  readonly size: number
}

/** What is kept of it when it was judged. */
const shownBefore = 6

export function createLately(protocol: "realtime" | "responses", asked: readonly Invariant[]): Lately {
  let pieces: Piece[] = []
  let judged = 0
  const entriesFrom = (from: number, to: number) =>
    pieces.slice(from, to).map(({ said, line, round }, index) => placed(said, { index, at: line, round }))
  return {
    take(entry, connection, round) {
      const said = lightened(entry, connection)
      if (!said) return
      const isStreamed = said.kind === "event" && isPiece(said.event)
      const known = isStreamed ? repeated(pieces, said) : undefined
      if (known !== undefined) pieces.splice(known, 1)
      if (known !== undefined && known < judged) judged -= 1
      pieces.push({ said, atMs: entry.atMs ?? 0, round, line: entry.line, isStreamed })
    },
    last() {
      const window = entriesFrom(Math.max(0, pieces.length - shownBefore), pieces.length)
      return { window, cause: window.length - 1, offence: window.length - 1 }
    },
    judge() {
      const entries = pieces.map(({ said, atMs, round }, index) => placed(said, { index, at: atMs, round }))
      const lineOf = (index: number) => pieces[index]?.line ?? 0
      const found = judge(toTrace(entries, protocol), asked).violations.flatMap(
        ({ invariant, message, cause, offence }) => {
          if (offence < judged) return []
          const from = Math.max(0, Math.min(cause, offence) - 1)
          const window = entriesFrom(from, Math.max(cause, offence) + 3)
          const lines = { line: lineOf(offence), causeLine: lineOf(cause) }
          // Messages of invariants speak of entries; a log has lines.
          const told = message.replace(/\bentry (\d+)/g, (_, index) => `line ${lineOf(Number(index))}`)
          return { invariant, message: told, ...lines, window, cause: cause - from, offence: offence - from }
        },
      )
      pieces = pieces.slice(-shownBefore)
      judged = pieces.length
      return found
    },
    get size() {
      return pieces.length
    },
  }
}

const isPiece = ({ type }: WireEvent): boolean => type.endsWith(".delta") || type === "input_audio_buffer.append"

/** Where the last of two pieces of the same stream stands, with nothing but streams after it: the new one takes its place. */
function repeated(pieces: readonly Piece[], said: Said): number | undefined {
  let last: number | undefined
  for (let at = pieces.length - 1; at >= 0 && pieces[at]?.isStreamed; at--) {
    if (!isSameStream(pieces[at]?.said, said)) continue
    if (last !== undefined) return last
    last = at
  }
  return undefined
}

function isSameStream(one: Said | undefined, other: Said): boolean {
  return (
    one?.kind === "event" &&
    other.kind === "event" &&
    one.connection === other.connection &&
    one.lane === other.lane &&
    one.event.type === other.event.type &&
    one.event.response_id === other.event.response_id &&
    one.event.item_id === other.event.item_id &&
    one.event.stream_id === other.event.stream_id
  )
}
