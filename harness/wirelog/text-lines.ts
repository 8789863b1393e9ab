// Logs that people print: an arrow or a word for the direction, the event's type, perhaps the event, perhaps a time, such as
// `[t=0.547s] ← RECV session.created`. A type alone is an event with nothing in it: less can be judged of it.
import type { LogEntry } from "./log.ts"
import { messageOf, type Since } from "./shape.ts"

const line =
  /^\s*(?:\[?t=([\d.]+)s\]?:?\s*)?(→|->|=>|>{1,3}|SEND|←|<-|<=|<{1,3}|RECV)\s*(?:SEND|RECV)?:?\s+([a-z][a-z_]*(?:\.[a-z_]+)*)\s*(\{.*\})?\s*(?:\[t=([\d.]+)s\])?\s*$/

/** Undefined: the line is not of that kind. */
export function readTextLine(number: number, text: string, since: Since): LogEntry | undefined {
  const found = line.exec(text)
  if (!found) return undefined
  const [, before, arrow = "", type = "", body, after] = found
  const seconds = before ?? after
  const wire = body === undefined ? undefined : messageOf(body)
  const isClient = /^(→|->|=>|>|SEND)/.test(arrow)
  return {
    line: number,
    connection: 1,
    side: isClient ? "client" : "server",
    ...(seconds === undefined ? {} : { atMs: since(Number(seconds) * 1000) }),
    ...(typeof wire === "object" ? wire : { kind: "event", event: { type }, isBare: true }),
  }
}
