// A frame that is not JSON comes before the event (PROTOCOL.md M05).
import type { Fault } from "./fault.ts"

export const malformedText: Fault = {
  name: "malformed-text",
  oracle: "hostile",
  says: "a frame that is not JSON comes first",
  apply: (delivery) => [{ kind: "text", text: '{"type": "resp', fault: "malformed-text" }, delivery],
}
