// One JSON object of a log as an entry, whatever its fields are called: ours, those of the recorded sessions, or any other
// that a person has named.
import type { WireEvent } from "../protocol/event.ts"
import type { LogEntry, Side, Wire } from "./log.ts"

/** Names of the fields that tell side, event, time and connection, first that is there; and the words for the sides. */
export interface Shape {
  readonly side: readonly string[]
  readonly event: readonly string[]
  readonly time: readonly string[]
  readonly connection: readonly string[]
  readonly client: readonly string[]
  readonly server: readonly string[]
}

/** What people call them. */
export const usualShape: Shape = {
  side: ["dir", "direction", "side", "from", "sender", "source"],
  event: ["event", "message", "msg", "data", "payload", "body", "frame"],
  time: ["at", "atMs", "t", "ts", "time", "timestamp", "elapsed_ms"],
  connection: ["connection", "conn", "connection_id", "socket"],
  client: ["client", "send", "sent", "out", "outgoing", "outbound", "c2s", "up", "tx", "request", "→", ">"],
  server: [
    "server",
    "receive",
    "recv",
    "received",
    "in",
    "incoming",
    "inbound",
    "s2c",
    "down",
    "rx",
    "response",
    "←",
    "<",
  ],
}

type Members = Readonly<Record<string, unknown>>

/** A time of the log as milliseconds since its first. */
export type Since = (ms: number) => number

/** The entry, or a sentence about what was expected in its place. */
export function entryOf(line: number, record: Members, shape: Shape, since: Since): LogEntry | string {
  const given = first(record, shape.event)
  const wire: Wire | string = isEvent(given) ? { kind: "event", event: given } : wireOf(record, given, shape)
  if (typeof wire === "string") return wire
  const side =
    sideOf(first(record, shape.side), shape) ?? (wire.kind === "close" || wire.kind === "drop" ? "server" : null)
  if (side === null)
    return `a field that says which side sent it was expected (one of ${shape.side.join(", ")}, with a word such as ${shape.client[0]} or ${shape.server[0]})`
  const ms = millisecondsOf(first(record, shape.time))
  const atMs = ms === undefined ? undefined : since(ms)
  const number = first(record, shape.connection)
  const connection = typeof number === "number" && Number.isInteger(number) && number > 0 ? number : 1
  // Nearly all that a log has are events: they are made in one piece.
  if (wire.kind === "event") return { line, atMs, connection, side, kind: "event", event: wire.event }
  return { line, atMs, connection, side, ...wire }
}

/** What is no event, or the text of one, or an event that stands among the fields. */
function wireOf(record: Members, given: unknown, shape: Shape): Wire | string {
  if (isMembers(record.close)) {
    const { code, reason } = record.close
    return {
      kind: "close",
      code: typeof code === "number" ? code : 1005,
      reason: typeof reason === "string" ? reason : "",
    }
  }
  if (isMembers(record.handshake)) {
    const { url, status } = record.handshake
    return {
      kind: "handshake",
      ...(typeof url === "string" ? { url } : {}),
      ...(typeof status === "number" ? { status } : {}),
    }
  }
  if (record.drop === true) return { kind: "drop" }
  if (record.ping === true) return { kind: "ping" }
  if (record.pong === true) return { kind: "pong" }
  if (typeof record.error === "string") return { kind: "error", message: record.error }
  if (typeof record.text === "string") return { kind: "text", text: record.text }
  if (typeof record.binary === "number") return { kind: "binary", bytes: record.binary }
  // Some logs write the event itself, with the direction beside its members.
  if (given === undefined && isEvent(record)) return { kind: "event", event: withoutFields(record, shape) }
  if (given === undefined) return `an event was expected in one of the fields ${shape.event.join(", ")}`
  return messageOf(given)
}

/** An event, or the text of one. */
export function messageOf(given: unknown): Wire | string {
  if (isEvent(given)) return { kind: "event", event: given }
  if (typeof given !== "string") return "an event is an object with a `type`, or the text of one"
  try {
    const parsed: unknown = JSON.parse(given)
    if (isEvent(parsed)) return { kind: "event", event: parsed }
  } catch {
    // Then it is text that is no event, and was sent as such.
  }
  return { kind: "text", text: given }
}

export const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isEvent = (value: unknown): value is WireEvent => isMembers(value) && typeof value.type === "string"

function withoutFields(event: WireEvent, { side, time, connection }: Shape): WireEvent {
  const ours = new Set([...side, ...time, ...connection])
  return { type: event.type, ...Object.fromEntries(Object.entries(event).filter(([name]) => !ours.has(name))) }
}

function first(record: Members, names: readonly string[]): unknown {
  for (const name of names) if (record[name] !== undefined && record[name] !== null) return record[name]
  return undefined
}

function sideOf(word: unknown, { client, server }: Pick<Shape, "client" | "server">): Side | null {
  if (typeof word !== "string") return null
  if (client.includes(word)) return "client"
  if (server.includes(word)) return "server"
  const plain = word.toLowerCase()
  return plain === word ? null : sideOf(plain, { client, server })
}

/** A number of milliseconds, or a date. */
function millisecondsOf(given: unknown): number | undefined {
  if (typeof given === "number") return Number.isFinite(given) ? given : undefined
  if (typeof given !== "string") return undefined
  const date = Date.parse(given)
  return Number.isNaN(date) ? undefined : date
}
