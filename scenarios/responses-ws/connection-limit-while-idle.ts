// The limit is reached while nobody speaks: there is no request that the error could belong to.
import { absent, client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/connection-limit-while-idle",
  protocol: "responses",
  title: "The connection limit, reached while nothing is asked, fails nothing; the next request begins anew",
  cites: ["error", "websocket_connection_limit_reached"],
  grade: "documented",
  source: "WebSocket mode guide; PROTOCOL.md C.3, W03",
  situations: ["W03"],
  needs: ["text-turn", "text-output", "reply-stream", "conversation", "reconnect"],
  judgedBy: ["no-crash", "futures-settle-once"],

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    server.limitsConnection(),
    server.forgets(first),
    time.passes({ ms: 10_000 }),
    user.mustSettle("name", { kind: "stream", as: "resolved" }),
    user.says("age"),
    time.passes({ ms: 10_000 }),
    client.mustHaveConnected(2),
    client.mustSend("response.create", { previous_response_id: absent }),
    server.replies(second, { for: "age" }),

    user.mustHear(second),
    user.mustSettle("age", { kind: "stream", as: "resolved" }),
  ],
})
