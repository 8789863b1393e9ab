// One bad request, and a client that throws its connection away pays a handshake and the whole context for the next one.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/refusal-keeps-the-connection",
  protocol: "responses",
  title: "A request that is refused costs no connection: the next goes over the same one",
  cites: ["error", "response.create"],
  grade: "observed",
  source: "review of livekit/agents-js#1093; PROTOCOL.md C.4",
  situations: ["W04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["healthy-connection-is-reused", "errors-surface"],

  story: [
    user.says("story"),
    server.errors({ for: "story", code: "invalid_prompt", message: "Your prompt was refused." }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
    client.mustHaveConnected(1),
  ],
})
