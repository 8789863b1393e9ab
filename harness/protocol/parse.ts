// Reads one WebSocket message. Never throws: what is no event is a MalformedFrame, what nobody declared is an event all
// the same.
import type { z } from "zod"
import type { EventFrame, Frame, WireEvent } from "./event.ts"
import { realtimeBetaClientEvents, realtimeBetaServerEvents } from "./realtime/beta-events.ts"
import { realtimeClientEvents } from "./realtime/client-events.ts"
import { realtimeServerEvents } from "./realtime/server-events.ts"
import { responsesClientEvents } from "./responses/client-events.ts"
import { responsesServerEvents } from "./responses/server-events.ts"

export type Direction = "client" | "server"

/** The events that a protocol declares, by name. */
export interface Inventory {
  readonly id: "realtime" | "realtime-beta" | "responses"
  readonly client: Readonly<Record<string, z.ZodType>>
  readonly server: Readonly<Record<string, z.ZodType>>
}

export const realtimeInventory: Inventory = {
  id: "realtime",
  client: realtimeClientEvents,
  server: realtimeServerEvents,
}
export const realtimeBetaInventory: Inventory = {
  id: "realtime-beta",
  client: realtimeBetaClientEvents,
  server: realtimeBetaServerEvents,
}
export const responsesInventory: Inventory = {
  id: "responses",
  client: responsesClientEvents,
  server: responsesServerEvents,
}

/** Reads a message as an event of `inventory` that goes in `direction`. */
export function parseFrame(
  data: string | Uint8Array,
  isBinary: boolean,
  inventory: Inventory,
  direction: Direction,
): Frame {
  if (isBinary) return { kind: "malformed", text: "", reason: `a binary frame of ${data.length} bytes` }
  const text = typeof data === "string" ? data : Buffer.from(data).toString("utf8")
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: "malformed", text, reason: "it is not JSON" }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { kind: "malformed", text, reason: "it is not a JSON object" }
  if (!isEvent(value)) return { kind: "malformed", text, reason: "it has no `type` that is a string" }
  return frameOf(value, inventory[direction])
}

const isEvent = (value: object): value is WireEvent => "type" in value && typeof value.type === "string"

/** Problems are looked for when asked for: a case reads many frames and doubts few. */
function frameOf(event: WireEvent, events: Inventory["client"]): EventFrame {
  const schema = Object.hasOwn(events, event.type) ? events[event.type] : undefined
  return {
    kind: "event",
    event,
    known: schema !== undefined,
    get problems() {
      const parsed = schema?.safeParse(event)
      if (!parsed || parsed.success) return []
      return parsed.error.issues.map(
        (issue) => `${event.type}: ${issue.path.join(".") || "the event"}: ${issue.message}`,
      )
    },
  }
}
