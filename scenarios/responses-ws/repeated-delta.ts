// A proxy sends a frame twice. The number tells.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/repeated-delta",
  protocol: "responses",
  title: "An event that comes twice is delivered once",
  cites: ["response.output_text.delta"],
  grade: "plausible",
  source: "Open Responses specification: sequence numbers are monotonic; PROTOCOL.md W20",
  situations: ["W20"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["nothing-delivered-twice-on-retry", "futures-settle-once"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply, 2),
    server.repeats("response.output_text.delta"),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
  ],
})
