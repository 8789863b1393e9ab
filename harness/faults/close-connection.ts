// The server closes before the event (PROTOCOL.md M02, M03).
import type { Fault } from "./fault.ts"

export const closeConnection: Fault = {
  name: "close-connection",
  oracle: "hostile",
  says: "the server closes the connection with code `by` (default 1000) before the event",
  apply: (_delivery, by = 1000) => [{ kind: "close", code: by, reason: "", fault: "close-connection" }],
}
