// The server forgets what a failed request continued from. The third question must tell the first one again.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const broken = response("broken")
const third = response("third")

export default scenario({
  id: "responses-ws/failed-continuation-loses-its-parent",
  protocol: "responses",
  title: "After a continuation failed the conversation is told in full",
  cites: ["response.create", "response.failed"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.3, W21",
  situations: ["W21", "W02"],
  needs: ["text-turn", "text-output", "reply-stream", "conversation"],
  judgedBy: ["never-chain-on-a-failed-response", "next-turn-works"],
  server: { stored: false },

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    user.says("age"),
    server.startsResponse(broken, { for: "age" }),
    server.fails(broken, {
      type: "invalid_request_error",
      code: "invalid_prompt",
      message: "Your prompt was refused.",
    }),
    user.mustSettle("age", { kind: "stream" }),
    user.says("place"),
    server.replies(third, { for: "place" }),

    user.mustHear(third),
    user.mustSettle("place", { kind: "stream", as: "resolved" }),
    client.mustHaveConnected(1),
  ],
})
