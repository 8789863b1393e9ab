// A binary frame, which the protocol does not know, comes before the event (PROTOCOL.md M05).
import type { Fault } from "./fault.ts"

export const binaryFrame: Fault = {
  name: "binary-frame",
  oracle: "hostile",
  says: "a binary frame of `by` bytes (default 8) comes first",
  apply: (delivery, by = 8) => [{ kind: "binary", bytes: by, fault: "binary-frame" }, delivery],
}
