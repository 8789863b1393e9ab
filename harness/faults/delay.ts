// The event, and on an ordered stream all that follows it, arrives late.
import type { Fault } from "./fault.ts"

export const delay: Fault = {
  name: "delay",
  oracle: "lawful",
  says: "the event and what follows it arrive `by` milliseconds later (default 250)",
  apply: (delivery, by = 250) => [{ ...delivery, afterMs: by, fault: "delay" }],
}
