// Held back and released behind others: several of them shuffle ("swizzle") the events of responses that run at once.
import type { Fault } from "./fault.ts"

export const holdBack: Fault = {
  name: "hold-back",
  oracle: "hostile",
  says: "the event arrives behind the `by` events that follow it (default 1)",
  holds: (by = 1) => by,
  apply: (delivery) => [{ ...delivery, fault: "hold-back" }],
}
