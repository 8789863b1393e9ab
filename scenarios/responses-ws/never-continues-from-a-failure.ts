// A response that failed is no context: the server does not keep it.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const broken = response("broken")
const third = response("third")

export default scenario({
  id: "responses-ws/never-continues-from-a-failure",
  protocol: "responses",
  title: "A request is never continued from a response that failed",
  cites: ["response.failed", "response.create"],
  grade: "observed",
  source: "review of livekit/agents-js#1093; PROTOCOL.md C.3, W21",
  situations: ["W21"],
  needs: ["text-turn", "text-output", "reply-stream", "conversation"],
  judgedBy: ["never-chain-on-a-failed-response", "futures-settle-once"],

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    user.says("age"),
    server.startsResponse(broken, { for: "age" }),
    server.streams(broken, 1),
    server.fails(broken),
    user.mustSettle("age", { kind: "stream" }),
    client.mustNotSend("response.create", { previous_response_id: broken.id }),
    user.says("place"),
    server.replies(third, { for: "place" }),

    user.mustHear(third),
    user.mustSettle("place", { kind: "stream", as: "resolved" }),
  ],
})
