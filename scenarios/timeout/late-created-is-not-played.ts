// generateReply() gave up after ten seconds; the server did not. Audio the caller was told would never come must not
// be played over whatever they are doing now.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const late = response("late")

export default scenario({
  id: "timeout/late-created-is-not-played",
  title: "A response created after its request timed out is cancelled, not played",
  cites: ["response.create", "response.cancel"],
  grade: "observed",
  source: "livekit/agents#6222, #6238, #6244; PROTOCOL.md C07",
  situations: ["C07"],
  needs: ["request-reply", "reply-future", "request-timeout"],
  judgedBy: ["no-late-output", "futures-settle-once", "next-turn-works"],

  story: [
    user.requestsReply("greeting"),
    client.mustSend("response.create"),
    time.passes({ untilSettled: "greeting" }),

    server.startsResponse(late, { for: "greeting" }),
    server.streamsAudio(late, { ms: 200 }),

    client.shouldSend("response.cancel", { response_id: late.id }),
    user.mustNotHear(late),
  ],
})
