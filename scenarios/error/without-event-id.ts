// Some refusals do not say whom they refuse. With one request waiting there is little doubt, and none may wait for ever.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/without-event-id",
  title: "An error with a null event_id does not leave the only waiting request pending",
  cites: ["error", "response.create"],
  grade: "plausible",
  source:
    "null event_id: PROTOCOL.md B.2, C02; seen with conversation_already_has_active_response, not with server_error",
  situations: ["C02"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.errors({ for: "greeting", code: "server_error", type: "server_error", eventId: "null" }),
    time.passes({ untilSettled: "greeting" }),

    user.mustSettle("greeting"),
  ],
})
