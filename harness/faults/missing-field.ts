// A member that every such event has is not there (PROTOCOL.md M06).
import type { WireEvent } from "../protocol/event.ts"
import type { Fault } from "./fault.ts"

/** The first of them that an event has is left out. */
const members = ["response", "item", "error", "delta", "response_id"] as const

export const missingField: Fault = {
  name: "missing-field",
  oracle: "hostile",
  says: "a member that every such event has (response, item, error, delta, response_id) is not there",
  apply(delivery) {
    const absent = members.find((name) => name in delivery.event)
    if (absent === undefined) return [delivery]
    const { [absent]: _, ...rest } = delivery.event
    return [{ ...delivery, event: rest as WireEvent, fault: "missing-field" }]
  },
}
