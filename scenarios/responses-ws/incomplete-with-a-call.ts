// The answer was cut off after it had asked for a tool. Whoever continues from it owes an output that nobody may give.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const reply = response("reply")

export default scenario({
  id: "responses-ws/incomplete-with-a-call",
  protocol: "responses",
  title: "A request after an incomplete response with a call is answered",
  cites: ["response.incomplete", "response.create"],
  grade: "documented",
  source: "incomplete_details of openai 7.55; PROTOCOL.md C.5, W06",
  situations: ["W06"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["futures-settle-once", "terminal-set-is-complete"],
  tools: [{ name: "weather", answers: "sunny" }],

  story: [
    user.says("trip"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.ends(call, "incomplete", "max_output_tokens"),
    user.mustSettle("trip", { kind: "stream" }),
    time.passes({ ms: 1_000 }),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
