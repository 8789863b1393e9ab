// An app without futures sees the error; a guard that waits for the refused create's response.created would now keep
// every later question back, and the user talks to the wall.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/without-event-id-is-seen",
  title: "After an error with a null event_id the next turn is asked",
  cites: ["error", "response.create"],
  grade: "plausible",
  source:
    "null event_id: PROTOCOL.md B.2, C02; seen with conversation_already_has_active_response, not with server_error",
  situations: ["C02"],
  needs: ["text-turn", "error-event"],
  judgedBy: ["next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.errors({ for: "greeting", code: "server_error", type: "server_error", eventId: "null" }),
    user.mustSeeError("server_error"),
  ],
})
