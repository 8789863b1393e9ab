// What was added crossed the last word of the answer. The app believes that the server reads it; nobody does.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const over = response("over")

export default scenario({
  id: "responses-ws/steering-comes-too-late",
  protocol: "responses",
  title: "Steering that meets a response which has ended is reported",
  cites: ["response.steer", "response.steer.failed"],
  grade: "documented",
  source: "ResponseSteerFailedEvent of openai 7.55 (response_already_completed); PROTOCOL.md C.4, C.5",
  situations: ["W07"],
  needs: ["text-turn", "text-output", "reply-stream", "steer", "error-event"],
  judgedBy: ["futures-settle-once", "errors-surface"],

  story: [
    user.says("story"),
    server.startsResponse(over, { for: "story" }),
    server.streams(over, 1),
    network.holds(),
    server.finishes(over),
    user.steers("story"),
    network.releases(),
    time.passes({ ms: 1_000 }),

    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustSeeError("response_already_completed"),
    client.mustHaveSent(1, "response.create"),
  ],
})
