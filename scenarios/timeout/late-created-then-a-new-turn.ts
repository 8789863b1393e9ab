// The answer to the abandoned question arrives while the user asks the next one. They must hear the second answer,
// and only that.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const late = response("late")
const answer = response("answer")

export default scenario({
  id: "timeout/late-created-then-a-new-turn",
  title: "After a late response was discarded the next turn is answered and heard",
  cites: ["response.create", "response.cancel", "response.done"],
  grade: "observed",
  source: "livekit/agents#6222, #6244; PROTOCOL.md C07",
  situations: ["C07"],
  needs: ["text-turn", "reply-future", "request-timeout"],
  judgedBy: ["no-late-output", "one-active-response", "output-belongs-to-its-request"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    time.passes({ untilSettled: "greeting" }),
    server.startsResponse(late, { for: "greeting" }),
    server.streams(late),
    server.finishes(late),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
    user.mustNotHear(late),
  ],
})
