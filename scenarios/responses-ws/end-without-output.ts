// The last event need not repeat what was streamed before it.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/end-without-output",
  protocol: "responses",
  title: "response.completed without output ends the stream, and what was streamed stands",
  cites: ["response.completed", "response.output_item.done"],
  grade: "documented",
  source: "lane.finalResponse of openai 7.55; PROTOCOL.md C.5, W16",
  situations: ["W16"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["terminal-set-is-complete", "futures-settle-once"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.finishes(reply, { withoutOutput: true }),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustNotSeeError(),
  ],
})
