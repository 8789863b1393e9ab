// The tool fails. The model can explain that to the user, if it is told.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "responses-ws/tool-throws",
  protocol: "responses",
  title: "A tool that throws is answered all the same",
  cites: ["function_call_output", "response.create"],
  grade: "documented",
  source: "No tool output found for function call, as HTTP answers; PROTOCOL.md C.3",
  situations: ["W24"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["tool-runs-once", "incremental-context-is-complete"],
  tools: [{ name: "weather", throws: "no such place" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.finishes(call),
    time.passes({ ms: 1_000 }),
    user.mustRunTool("weather"),
    server.replies(answer, { for: "trip" }),

    user.mustHear(answer),
  ],
})
