// The event never arrives.
import type { Fault } from "./fault.ts"

export const dropEvent: Fault = {
  name: "drop-event",
  oracle: "hostile",
  says: "the event is lost",
  apply: () => [],
}
