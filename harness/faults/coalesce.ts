// The event arrives in one chunk with the one before it, so the client sees both within one turn.
import type { Fault } from "./fault.ts"

export const coalesce: Fault = {
  name: "coalesce",
  oracle: "lawful",
  says: "the event arrives in one chunk with the one sent before it",
  apply: (delivery) => [{ ...delivery, joined: true, fault: "coalesce" }],
}
