// The train enters the tunnel in the middle of a sentence. The loop over the reply must end some day, also when nobody says
// that the line is gone.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/half-open-mid-stream",
  title: "The stream of a response on a half-open connection ends",
  cites: ["response.done"],
  grade: "observed",
  source: "agents-js#1219; OpenAI pings about every 20.3 s (probe 9); PROTOCOL.md M04",
  situations: ["M04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.goesSilent(),
    time.passes({ ms: 120_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
