// The event comes in a frame as large as a long audio delta or an echoed conversation may be.
import type { Fault } from "./fault.ts"

export const hugeFrame: Fault = {
  name: "huge-frame",
  oracle: "lawful",
  says: "the event bears a member of `by` characters (default 300,000) that nobody declared",
  apply: (delivery, by = 300_000) => [
    { ...delivery, event: { ...delivery.event, obfuscation: "x".repeat(by) }, fault: "huge-frame" },
  ],
}
