// The server keeps the latest response of a connection in memory, and may lose it. The user must not notice.
import { absent, client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/forgotten-context-is-sent-in-full",
  protocol: "responses",
  title: "After previous_response_not_found the request is sent once more, in full, on the same connection",
  cites: ["response.create", "error", "previous_response_not_found"],
  grade: "documented",
  source: "WebSocket mode guide; pi#6955; Effect#8355; openclaw#122727; PROTOCOL.md C.3, W02",
  situations: ["W02"],
  needs: ["text-turn", "text-output", "reply-stream", "conversation", "retry"],
  judgedBy: ["full-context-after-eviction", "healthy-connection-is-reused", "futures-settle-once"],

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    server.forgets(first),
    user.says("age"),
    client.mustSend("response.create", { previous_response_id: first.id }),
    client.mustSend("response.create", { previous_response_id: absent }),
    server.replies(second, { for: "age" }),

    user.mustHear(second),
    user.mustSettle("age", { kind: "stream", as: "resolved" }),
    client.mustHaveSent(2, "response.create", { previous_response_id: absent }),
    client.mustHaveConnected(1),
  ],
})
