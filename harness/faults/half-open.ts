// From this event on nothing arrives in either direction, and nothing closes (PROTOCOL.md M04).
import type { Fault } from "./fault.ts"

export const halfOpen: Fault = {
  name: "half-open",
  oracle: "hostile",
  says: "from this event on nothing arrives in either direction, and nothing closes",
  apply: () => [{ kind: "silence", fault: "half-open" }],
}
