// The line goes dead in the middle of an answer.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/dropped-mid-stream",
  protocol: "responses",
  title: "A connection that is lost in the middle of an answer ends its stream",
  cites: ["response.completed"],
  grade: "observed",
  source: "openai/codex#20739; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["futures-settle-once", "errors-surface", "no-crash"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.drops(),
    time.passes({ ms: 30_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
