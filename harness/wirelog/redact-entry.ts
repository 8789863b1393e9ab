// An entry of a log without secrets, whatever kind it is of.
import type { LogEntry } from "./log.ts"
import { redact, redactText, redactUrl } from "./redact.ts"
import { isEvent } from "./shape.ts"

export function redactedEntry(entry: LogEntry): LogEntry {
  switch (entry.kind) {
    case "event": {
      const event = redact(entry.event)
      return { ...entry, event: isEvent(event) ? event : { type: entry.event.type } }
    }
    case "text":
      return { ...entry, text: redactText(entry.text) }
    case "error":
      return { ...entry, message: redactText(entry.message) }
    case "close":
      return { ...entry, reason: redactText(entry.reason) }
    case "handshake":
      return entry.url === undefined ? entry : { ...entry, url: redactUrl(entry.url) }
    default:
      return entry
  }
}
