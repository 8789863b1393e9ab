// The event's WebSocket frame arrives in two pieces.
import type { Fault } from "./fault.ts"

export const splitFrame: Fault = {
  name: "split-frame",
  oracle: "lawful",
  says: "the event's frame arrives in two pieces, the first of `by` bytes (default 1)",
  apply: (delivery, by = 1) => [{ ...delivery, splitAt: by, fault: "split-frame" }],
}
