// Held back and released behind others: several of them shuffle ("swizzle") the events of responses that run at once. In
// Responses never behind the beginning of its lane's next response: there it would be that one's, as far as anybody could know.
import type { Fault } from "./fault.ts"

export const holdBack: Fault = {
  name: "hold-back",
  oracle: "hostile",
  says: "the event arrives behind the `by` events that follow it (default 1)",
  holds: (by = 1) => by,
  apply: (delivery) => [{ ...delivery, fault: "hold-back" }],
}
