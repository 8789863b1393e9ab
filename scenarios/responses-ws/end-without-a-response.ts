// The end comes, and the response that it should hold is missing.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/end-without-a-response",
  protocol: "responses",
  title: "A response.completed without a response still ends the stream",
  cites: ["response.completed"],
  grade: "plausible",
  source: "a fault; pydantic-ai: a malformed done is still the terminal; PROTOCOL.md M06",
  situations: ["M06"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["futures-settle-once", "no-crash"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply, 1),
    server.sends({
      type: "response.output_text.delta",
      sequence_number: 5,
      output_index: 0,
      content_index: 0,
      delta: null,
    }),
    server.sends({ type: "response.output_item.done", sequence_number: 6, output_index: 0, item: null }),
    server.sends({ type: "response.completed", sequence_number: 7 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
