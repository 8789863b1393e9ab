// Writes down what a recording proxy sees, as it sees it: each entry is one whole line, written before the next frame is looked
// at, so that nothing is lost however the recording ends.
import { closeSync, openSync, writeSync } from "node:fs"
import { type LogEntry, LogFault, type LogHeader, type Side } from "./log.ts"
import { redactUrl } from "./redact.ts"
import { redactedEntry } from "./redact-entry.ts"
import { messageOf } from "./shape.ts"
import { entryLine, headerLine } from "./write.ts"

/** As a proxy sees it: text that is not yet read. */
export type SeenFrame = { readonly atMs: number; readonly connection: number; readonly side: Side } & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "ping" | "pong" | "drop" }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "close"; readonly code: number; readonly reason: string }
  | { readonly kind: "handshake"; readonly url?: string; readonly status?: number }
)

export interface TakenDown {
  /** What comes after `close` is not written. */
  take(seen: SeenFrame): void
  /** Entries so far. */
  readonly entries: number
  close(): void
}

export interface TakeDownOptions {
  readonly header: Omit<LogHeader, "rtspec" | "schemaVersion">
  /** Keys, people and audio are written down as they are. */
  readonly plain: boolean
}

/** Throws LogFault where the file cannot be made, or is there already: a log is never written over. */
export function takeDown(file: string, { header, plain }: TakeDownOptions): TakenDown {
  const descriptor = create(file)
  let entries = 0
  let isClosed = false
  const { endpoint } = header
  const about = plain || typeof endpoint !== "string" ? header : { ...header, endpoint: redactUrl(endpoint) }
  writeWhole(descriptor, headerLine({ ...about, redaction: plain ? "none" : "default" }))
  return {
    take(seen) {
      if (isClosed) return
      entries += 1
      const entry = entryOf(seen, entries + 1)
      writeWhole(descriptor, entryLine(plain ? entry : redactedEntry(entry)))
    },
    get entries() {
      return entries
    },
    close() {
      isClosed = true
      closeSync(descriptor)
    },
  }
}

function create(file: string): number {
  try {
    return openSync(file, "wx")
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST"
    throw new LogFault(
      isThere
        ? `${file} is there already, and a log is never written over; give --out another name.`
        : `the log ${file} cannot be written (${error instanceof Error ? error.message : String(error)}); give --out another name.`,
    )
  }
}

/** A write may take only a part of what it is given. */
function writeWhole(descriptor: number, line: string) {
  const bytes = Buffer.from(line)
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from)
}

function entryOf(seen: SeenFrame, line: number): LogEntry {
  const { atMs, connection, side } = seen
  const head = { line, atMs, connection, side }
  if (seen.kind !== "text") return { ...head, ...seen }
  const read = messageOf(seen.text)
  return { ...head, ...(typeof read === "string" ? { kind: "text", text: seen.text } : read) }
}
