// A number is missing: something was lost on the way. The text must not have a hole in it that nobody knows of.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/lost-delta",
  protocol: "responses",
  title: "A gap in the sequence numbers is reported, and the answer ends",
  cites: ["response.output_text.delta"],
  grade: "plausible",
  source: "Open Responses specification: sequence numbers are monotonic; PROTOCOL.md W20",
  situations: ["W20"],
  needs: ["text-turn", "text-output", "reply-stream", "error-event"],
  judgedBy: ["futures-settle-once", "streams-end"],
  faults: [{ fault: "drop-event", at: { type: "response.output_text.delta", nth: 2 } }],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply, 3),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
