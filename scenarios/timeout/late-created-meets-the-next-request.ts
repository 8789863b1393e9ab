// The answer to the abandoned question begins while the next question waits for its own. It must not be taken for that one's
// answer: the user would hear yesterday's reply to today's question.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const late = response("late")

export default scenario({
  id: "timeout/late-created-meets-the-next-request",
  title: "A response created after its request timed out does not answer the request that waits now",
  cites: ["response.created", "response.create"],
  grade: "observed",
  source: "livekit/agents#6222, #6238; PROTOCOL.md C05, C07",
  situations: ["C07", "C05"],
  needs: ["text-turn", "request-reply", "out-of-band", "reply-future", "request-timeout"],
  judgedBy: ["no-late-output", "output-belongs-to-its-request", "futures-settle-once"],

  story: [
    user.requestsReply("first", { instructions: "first", outOfBand: true }),
    client.mustSend("response.create"),
    time.passes({ untilSettled: "first" }),
    user.requestsReply("second", { instructions: "second", outOfBand: true }),
    client.mustSend("response.create"),

    server.startsResponse(late, { for: "first" }),
    server.streams(late),
    user.mustBePending("second"),
    user.mustNotHear(late),
  ],
})
