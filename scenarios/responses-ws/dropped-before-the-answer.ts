// The line breaks before the first word. Nothing was delivered, so nothing can be delivered twice.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const lost = response("lost")
const reply = response("reply")

export default scenario({
  id: "responses-ws/dropped-before-the-answer",
  protocol: "responses",
  title: "A request that was lost before its first word is asked for again, and heard once",
  cites: ["response.create"],
  grade: "observed",
  source: "openai/codex#20739; PROTOCOL.md C.3, M01",
  situations: ["M01"],
  needs: ["text-turn", "text-output", "reply-stream", "retry", "reconnect"],
  judgedBy: ["nothing-delivered-twice-on-retry", "reconnect-is-bounded"],

  story: [
    user.says("story"),
    server.startsResponse(lost, { for: "story" }),
    network.drops(),
    time.passes({ ms: 10_000 }),
    server.replies(reply, { for: "story" }),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    client.mustHaveSent(2, "response.create"),
  ],
})
