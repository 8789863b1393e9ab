// All that a response says is held back from here on, and released in one go behind what others say: two of them put the
// events of responses that run at once into another order, each response's own order kept.
import type { Fault } from "./fault.ts"

export const swizzle: Fault = {
  name: "swizzle",
  oracle: "hostile",
  says: "the event and all that its response says wait until `by` events of others have gone before them (default 3)",
  holds: (by = 3) => by,
  holdsResponse: true,
  apply: (delivery) => [{ ...delivery, fault: "swizzle" }],
}
