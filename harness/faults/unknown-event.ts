// An event type that nobody declared comes before the event, as new types and vendor events do (PROTOCOL.md S11).
import type { Fault } from "./fault.ts"

export const unknownEvent: Fault = {
  name: "unknown-event",
  oracle: "lawful",
  says: "an event of an undeclared type comes first",
  apply: (delivery) => [
    {
      kind: "event",
      event: { type: "rtspec.unknown", event_id: `${delivery.event.event_id ?? "event"}_u` },
      fault: "unknown-event",
    },
    delivery,
  ],
}
