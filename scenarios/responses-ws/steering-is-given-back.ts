// The answer was over before the server could take up what was added. The app must learn that its words were not heard.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const begun = response("begun")

export default scenario({
  id: "responses-ws/steering-is-given-back",
  protocol: "responses",
  title: "Steering that the server gives back is reported",
  cites: ["response.steer", "response.steer.failed"],
  grade: "documented",
  source: "ResponseSteerFailedEvent of openai 7.55; PROTOCOL.md C.4, C.5",
  situations: ["W07"],
  needs: ["text-turn", "text-output", "reply-stream", "steer", "error-event"],
  judgedBy: ["futures-settle-once"],

  story: [
    user.says("story"),
    server.startsResponse(begun, { for: "story" }),
    server.streams(begun, 1),
    user.steers("story"),
    server.ends(begun, "incomplete", "max_output_tokens"),
    time.passes({ ms: 1_000 }),

    user.mustSeeError("successor_creation_failed"),
  ],
})
