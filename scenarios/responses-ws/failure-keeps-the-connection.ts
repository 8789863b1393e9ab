// A response that failed for its content is no sign of a bad connection either.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const broken = response("broken")
const reply = response("reply")

export default scenario({
  id: "responses-ws/failure-keeps-the-connection",
  protocol: "responses",
  title: "A response that failed for what was asked costs no connection",
  cites: ["response.failed", "response.create"],
  grade: "observed",
  source: "review of livekit/agents-js#1093; PROTOCOL.md C.5",
  situations: ["W21"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["healthy-connection-is-reused", "errors-surface"],

  story: [
    user.says("story"),
    server.startsResponse(broken, { for: "story" }),
    server.fails(broken, {
      type: "invalid_request_error",
      code: "invalid_prompt",
      message: "Your prompt was refused.",
    }),
    user.mustSettle("story", { kind: "stream" }),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
    client.mustHaveConnected(1),
  ],
})
