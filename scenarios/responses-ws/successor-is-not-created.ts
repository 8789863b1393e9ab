// The server ends the answer for what was added, and then cannot begin another. Whoever waits for it waits in vain.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const begun = response("begun")
const reply = response("reply")

export default scenario({
  id: "responses-ws/successor-is-not-created",
  protocol: "responses",
  title: "Steering that fails after its response has ended is reported, and the next request works",
  cites: ["response.steer.failed"],
  grade: "documented",
  source: "successor_creation_failed of openai 7.55; PROTOCOL.md C.4, C.5",
  situations: ["W07"],
  needs: ["text-turn", "text-output", "reply-stream", "steer", "error-event"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(begun, { for: "story" }),
    server.streams(begun, 1),
    user.steers("story"),
    server.ends(begun, "incomplete", "steered"),
    server.failsSteer(begun),
    user.mustSeeError("successor_creation_failed"),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
