// The sequence diagram as numbers: where each entry of a trace stands on the virtual time line, between which lifelines it
// goes, and from where to where each future lived. Drawing is left to the page.
import type { Entry } from "../../trace/trace.ts"
import { describeEntry } from "../cell.ts"

export type Lifeline = "server" | "client" | "app"
export type Tone = "plain" | "output" | "error" | "crash" | "phase" | "quiet"

export interface SequenceRow {
  readonly index: number
  readonly at: number
  /** Of the row's middle, in rows: 1 is the height of a row. */
  readonly y: number
  /** Virtual ms since the row before. */
  readonly gapMs: number
  /** An arrow; from and to are one for what happens on a lifeline. */
  readonly from: Lifeline
  readonly to: Lifeline
  readonly text: string
  readonly tone: Tone
  readonly fault: string | undefined
}

/** A future from opened to settled. `to` is absent where it never settled. Places are indices of rows. */
export interface Span {
  readonly id: string
  readonly name: string
  readonly from: number
  readonly to: number | undefined
  readonly as: "resolved" | "rejected" | "never"
  /** Beside which others it is drawn, from 0. */
  readonly column: number
}

export interface Sequence {
  readonly rows: readonly SequenceRow[]
  readonly spans: readonly Span[]
  readonly columns: number
  /** In rows. */
  readonly height: number
}

/** A long wait takes more room than a short one, but only so much. In rows. */
export const gapHeight = (gapMs: number): number => (gapMs <= 1 ? 0 : Math.min(2, Math.log10(gapMs) / 2))

export function layOut(entries: readonly Entry[]): Sequence {
  const rows: SequenceRow[] = []
  let y = 0
  let before = entries[0]?.at ?? 0
  for (const entry of entries) {
    const gapMs = entry.at - before
    y += 1 + gapHeight(gapMs)
    before = entry.at
    const { from, to, tone } = drawn(entry)
    const fault = entry.lane === "server" ? entry.fault : undefined
    rows.push({
      index: entry.index,
      at: entry.at,
      y: y - 0.5,
      gapMs,
      from,
      to,
      text: describeEntry(entry),
      tone,
      fault,
    })
  }
  const spans = spansOf(entries)
  return { rows, spans, columns: Math.max(0, ...spans.map(({ column }) => column + 1)), height: y }
}

type Drawn = Pick<SequenceRow, "from" | "to" | "tone">
const arrow = (from: Lifeline, to: Lifeline, tone: Tone = "plain"): Drawn => ({ from, to, tone })

function drawn(entry: Entry): Drawn {
  if (entry.lane === "server") {
    if (entry.kind !== "event") return arrow("server", "client", entry.kind === "accepted" ? "quiet" : "error")
    return arrow("server", "client", toneOf(entry.event.type))
  }
  if (entry.lane === "client") return arrow("client", "server", entry.kind === "text" ? "error" : "plain")
  switch (entry.kind) {
    case "performed":
    case "tool-finished":
      return arrow("app", "client")
    case "heard":
      return arrow("client", "app", "output")
    case "error":
    case "refused":
      return arrow("client", "app", "error")
    case "settled":
      return arrow("client", "app", entry.as === "rejected" ? "error" : "plain")
    case "crash":
      return arrow("client", "client", "crash")
    case "phase":
      return arrow("app", "app", "phase")
    case "left-behind":
      return arrow("client", "client", "quiet")
    default:
      return arrow("client", "app")
  }
}

function toneOf(type: string): Tone {
  if (type === "error" || type.endsWith(".failed")) return "error"
  return type.endsWith(".delta") ? "output" : "plain"
}

function spansOf(entries: readonly Entry[]): Span[] {
  const spans: Span[] = []
  const open = new Map<string, number>()
  /** The row at which each column is free again. */
  const freeAt: number[] = []
  const settledAt = new Map<string, { at: number; as: "resolved" | "rejected" }>()
  for (const [at, entry] of entries.entries())
    if (entry.lane === "app" && entry.kind === "settled" && !settledAt.has(entry.future))
      settledAt.set(entry.future, { at, as: entry.as })
  for (const [at, entry] of entries.entries()) {
    if (entry.lane !== "app" || entry.kind !== "opened" || open.has(entry.future)) continue
    open.set(entry.future, at)
    const end = settledAt.get(entry.future)
    const free = freeAt.findIndex((row) => row < at)
    const column = free < 0 ? freeAt.length : free
    freeAt[column] = end?.at ?? Number.POSITIVE_INFINITY
    const name = entry.request === undefined ? `${entry.of} ${entry.future}` : `${entry.of} of ${entry.request}`
    spans.push({ id: entry.future, name, from: at, to: end?.at, as: end?.as ?? "never", column })
  }
  return spans
}

/** Indices of the first row at or below `top` and the last at or above `bottom`, both in rows; rows are in order of y. */
export function visible(rows: readonly SequenceRow[], top: number, bottom: number): [number, number] {
  const first = lowerBound(rows, top)
  return [first, Math.max(first, lowerBound(rows, bottom))]
}

function lowerBound(rows: readonly SequenceRow[], y: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.y ?? 0) < y) low = middle + 1
    else high = middle
  }
  return low
}
