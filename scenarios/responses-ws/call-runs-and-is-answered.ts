// The model calls the app, and the app answers.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "responses-ws/call-runs-and-is-answered",
  protocol: "responses",
  title: "A tool runs once, and its output follows in one request that continues from the call",
  cites: ["response.output_item.done", "response.create"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.1",
  situations: ["W01"],
  needs: ["text-turn", "text-output", "reply-stream", "tools", "conversation"],
  judgedBy: ["tool-runs-once", "incremental-context-is-complete"],
  tools: [{ name: "weather", answers: "sunny" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.finishes(call),
    time.passes({ ms: 1_000 }),

    user.mustRunTool("weather"),
    client.mustHaveSent(1, "response.create", { previous_response_id: call.id }),
    server.replies(answer, { for: "trip" }),
    user.mustHear(answer),
  ],
})
