// Three things at once: a request that brings two of the outputs is refused, and then so is every other.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "responses-ws/several-calls-one-request",
  protocol: "responses",
  title: "All calls of a response are answered in one request",
  cites: ["function_call_output", "response.create"],
  grade: "documented",
  source: "No tool output found for function call, as HTTP answers; PROTOCOL.md C.3",
  situations: ["W24"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["tool-runs-once", "incremental-context-is-complete"],
  tools: [
    { name: "weather", answers: "sunny" },
    { name: "traffic", answers: "calm", afterMs: 300 },
  ],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.callsTool(call, "traffic"),
    server.finishes(call),
    time.passes({ ms: 2_000 }),

    user.mustRunTool("weather"),
    user.mustRunTool("traffic"),
    client.mustHaveSent(2, "response.create"),
    server.replies(answer, { for: "trip" }),
    user.mustHear(answer),
  ],
})
