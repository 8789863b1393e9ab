// After 60 minutes the server hangs up, whatever it was about to say.
import { absent, client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const cut = response("cut")
const reply = response("reply")

export default scenario({
  id: "responses-ws/connection-limit-in-flight",
  protocol: "responses",
  title: "A request that the connection limit cut off before its first word is answered on a new connection",
  cites: ["error", "websocket_connection_limit_reached"],
  grade: "documented",
  source: "WebSocket mode guide; Codex tests; PROTOCOL.md C.3, W03",
  situations: ["W03"],
  needs: ["text-turn", "text-output", "reply-stream", "reconnect", "retry"],
  judgedBy: ["futures-settle-once", "no-crash"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    server.startsResponse(cut, { for: "story" }),
    server.limitsConnection(),
    time.passes({ ms: 10_000 }),
    client.mustHaveConnected(2),
    client.mustSend("response.create", { previous_response_id: absent }),
    server.replies(reply, { for: "story" }),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
  ],
})
