// The last event leaves the output out. The call was told when its item was done.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "responses-ws/call-is-not-in-the-end",
  protocol: "responses",
  title: "A call is run although response.completed does not repeat it",
  cites: ["response.output_item.done", "response.completed"],
  grade: "documented",
  source: "lane.finalResponse of openai 7.55; PROTOCOL.md C.5, W16",
  situations: ["W16"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["tool-runs-once", "incremental-context-is-complete"],
  tools: [{ name: "weather", answers: "sunny" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.finishes(call, { withoutOutput: true }),
    time.passes({ ms: 1_000 }),

    user.mustRunTool("weather"),
    server.replies(answer, { for: "trip" }),
    user.mustHear(answer),
  ],
})
