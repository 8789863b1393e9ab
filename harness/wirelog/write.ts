// Writes a log: a header, then one whole line an entry.
import { type LogEntry, type LogHeader, logSchemaVersion } from "./log.ts"

export const headerLine = (header: Omit<LogHeader, "rtspec" | "schemaVersion">): string =>
  `${JSON.stringify({ rtspec: "wire-log", schemaVersion: logSchemaVersion, ...header })}\n`

/** The line of an entry; its number in the file is its own. */
export function entryLine(entry: LogEntry): string {
  const { atMs, connection, side } = entry
  return `${JSON.stringify({ ...(atMs === undefined ? {} : { at: round(atMs) }), connection, dir: side, ...content(entry) })}\n`
}

const round = (ms: number) => Math.round(ms * 1000) / 1000

function content(entry: LogEntry): object {
  switch (entry.kind) {
    case "event":
      return { event: entry.event }
    case "text":
      return { text: entry.text }
    case "binary":
      return { binary: entry.bytes }
    case "close":
      return { close: { code: entry.code, reason: entry.reason } }
    case "drop":
      return { drop: true }
    case "error":
      return { error: entry.message }
    case "ping":
      return { ping: true }
    case "pong":
      return { pong: true }
    case "handshake":
      return {
        handshake: {
          ...(entry.url === undefined ? {} : { url: entry.url }),
          ...(entry.status === undefined ? {} : { status: entry.status }),
        },
      }
  }
}
