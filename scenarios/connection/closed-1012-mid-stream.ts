// The service restarts and says so, in the middle of a sentence.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/closed-1012-mid-stream",
  title: "A close with 1012 in the middle of a response ends its stream",
  cites: ["response.done"],
  grade: "observed",
  source: "isRecoverableClose of openai 7.55 internal/ws.js; PROTOCOL.md M03",
  situations: ["M03"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.closes(1012, "service restart"),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
