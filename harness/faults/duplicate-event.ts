// The event arrives twice, under the same event_id.
import type { Fault } from "./fault.ts"

export const duplicateEvent: Fault = {
  name: "duplicate-event",
  oracle: "hostile",
  says: "the event arrives twice, under the same event_id",
  apply: (delivery) => [delivery, { ...delivery, fault: "duplicate-event" }],
}
