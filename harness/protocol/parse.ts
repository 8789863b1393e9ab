// temporary
import type { Frame } from "./event.ts"
export const realtimeInventory = { id: "realtime" }
export function parseFrame(data: string | Uint8Array, isBinary: boolean, _i: unknown, _d: string): Frame {
  const text = String(data)
  if (isBinary) return { kind: "malformed", text: "", reason: "binary" }
  try {
    const event = JSON.parse(text)
    if (typeof event?.type !== "string") return { kind: "malformed", text, reason: "no type" }
    return { kind: "event", event, known: true, problems: [] }
  } catch {
    return { kind: "malformed", text, reason: "not JSON" }
  }
}
