// The event bears a field that nobody declared, as `obfuscation` is in recordings (PROTOCOL.md A.2).
import type { Fault } from "./fault.ts"

export const extraField: Fault = {
  name: "extra-field",
  oracle: "lawful",
  says: "the event bears an undeclared field",
  apply: (delivery) => [{ ...delivery, event: { ...delivery.event, obfuscation: "x7Qd" }, fault: "extra-field" }],
}
