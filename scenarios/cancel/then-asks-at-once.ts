// "Stop. No, rather tell me this." The cancelled response is active until the server says that it is over; a create
// sent before that is refused, and the user's second question is lost.
import { network, response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")

export default scenario({
  id: "cancel/then-asks-at-once",
  title: "A question asked right after a cancel waits for the end of the cancelled response",
  cites: ["response.cancel", "response.create", "response.done"],
  grade: "observed",
  source: "livekit/agents#2064, ReviewStage/luke#12; PROTOCOL.md K05",
  situations: ["K05"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    network.holds(),
    user.cancels(),
    user.says("question"),
    network.releases(),
  ],
})
