// The answer failed after it had asked for a tool. The next question must not answer that call.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const reply = response("reply")

export default scenario({
  id: "responses-ws/calls-of-a-failure-are-forgotten",
  protocol: "responses",
  title: "The tool calls of a failed response are neither run nor answered",
  cites: ["response.failed", "response.create"],
  grade: "observed",
  source: "review of livekit/agents-js#1093; PROTOCOL.md C.3, W21",
  situations: ["W21"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["never-chain-on-a-failed-response", "futures-settle-once"],
  tools: [{ name: "weather", answers: "sunny" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.fails(call),
    time.passes({ ms: 1_000 }),
    user.mustSettle("trip", { kind: "stream" }),
    user.mustSeeError(),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
