// Between two words of a reply the server may fall silent for some seconds. The reply is not over before response.done.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "timeout/pause-in-the-stream",
  title: "A pause between deltas neither ends the response nor starts another",
  cites: ["response.output_audio.delta", "response.done"],
  grade: "plausible",
  source: "PROTOCOL.md B.1 rule 1: response.done is the only end",
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    time.passes({ ms: 4_000 }),
    user.mustNotSeeError(),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
    user.mustHear(reply),
  ],
})
