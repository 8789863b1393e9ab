// An event of Responses bears another sequence_number than its own (PROTOCOL.md W20).
import type { Fault } from "./fault.ts"

export const renumber: Fault = {
  name: "renumber",
  oracle: "hostile",
  says: "the event's sequence_number is `by` more than it should be (default 1: a gap; -1: a repeat; less: going back)",
  apply(delivery, by = 1) {
    const { sequence_number } = delivery.event
    if (typeof sequence_number !== "number") return [delivery]
    const event = { ...delivery.event, sequence_number: sequence_number + by }
    return [{ ...delivery, event, fault: "renumber" }]
  },
}
