// The answer was too long, and stops in the middle. That is an end, too.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/incomplete-is-an-end",
  protocol: "responses",
  title: "response.incomplete ends the stream of its request",
  cites: ["response.incomplete"],
  grade: "documented",
  source: "ResponseIncompleteEvent of openai 7.55; PROTOCOL.md C.5, W06",
  situations: ["W06"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["terminal-set-is-complete", "futures-settle-once"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.ends(reply, "incomplete", "max_output_tokens"),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
