// The account is empty. A client that connects again and again, or asks again and again, only makes a bad day worse.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/out-of-quota",
  title: "insufficient_quota is reported, and neither reconnects nor asks again by itself",
  cites: ["response.done"],
  grade: "observed",
  source: "MS Q&A 5859586; LiveKit's fatal error codes; PROTOCOL.md K12",
  situations: ["K12"],
  needs: ["text-turn"],
  judgedBy: ["errors-surface", "no-crash"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(reply, { for: "question" }),
    client.mustNotSend("response.create"),
    server.fails(reply, {
      type: "insufficient_quota",
      code: "insufficient_quota",
      message: "You exceeded your quota.",
    }),
    time.passes({ ms: 30_000 }),

    user.mustSeeError(),
    client.mustHaveConnected(1),
  ],
})
