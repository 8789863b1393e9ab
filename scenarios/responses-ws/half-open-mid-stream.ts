// The train enters the tunnel in the middle of an answer: no frame, no close.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/half-open-mid-stream",
  protocol: "responses",
  title: "The stream of an answer on a half-open connection ends",
  cites: ["response.completed"],
  grade: "observed",
  source: "OpenAI pings about every 20.3 s (probe 9); agents-js#1219; PROTOCOL.md M04",
  situations: ["M04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply, 1),
    network.goesSilent(),
    time.passes({ ms: 120_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
