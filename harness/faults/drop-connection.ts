// The connection is lost without a close frame before the event (PROTOCOL.md M01).
import type { Fault } from "./fault.ts"

export const dropConnection: Fault = {
  name: "drop-connection",
  oracle: "hostile",
  says: "the connection is lost without a close frame before the event (with ECONNRESET when `by` is 1)",
  apply: (_delivery, by = 0) => [{ kind: "drop", reset: by === 1, fault: "drop-connection" }],
}
