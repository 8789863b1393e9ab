// The answer calls a tool while something was added to the question. One request brings the tool's output; the server adds
// the words itself.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "responses-ws/steering-waits-for-tools",
  protocol: "responses",
  title: "Steering that waits for tool outputs is followed by one request with all of them",
  cites: ["response.steer.pending", "response.create"],
  grade: "documented",
  source: "ResponseSteerPendingEvent of openai 7.55; PROTOCOL.md C.5, W24",
  situations: ["W24"],
  needs: ["text-turn", "text-output", "reply-stream", "steer", "tools", "conversation"],
  judgedBy: ["incremental-context-is-complete", "tool-runs-once"],
  tools: [{ name: "weather", answers: "sunny" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    user.steers("trip"),
    client.mustSend("response.steer"),
    server.finishes(call),
    time.passes({ ms: 1_000 }),

    user.mustRunTool("weather"),
    client.mustHaveSent(1, "response.create", { previous_response_id: call.id }),
    server.replies(answer, { for: "trip" }),
    user.mustHear(answer),
    user.mustNotSeeError(),
  ],
})
