// The line breaks in the middle of a sentence. The app's loop over the reply must end.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/dropped-mid-stream",
  title: "A connection lost mid-response ends the response's stream",
  cites: ["response.done"],
  grade: "observed",
  source: "openai/codex#20739; livekit agents-js before 1.5.3; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.mustHear(reply),
    network.drops(),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
