// The filter cuts the answer off in the middle of a word.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const cut = response("cut")
const reply = response("reply")

export default scenario({
  id: "responses-ws/filtered-is-an-end",
  protocol: "responses",
  title: "response.incomplete for content_filter ends the stream, and the next request works",
  cites: ["response.incomplete"],
  grade: "documented",
  source: "incomplete_details of openai 7.55; PROTOCOL.md C.5, W06",
  situations: ["W06"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["terminal-set-is-complete", "futures-settle-once"],

  story: [
    user.says("story"),
    server.startsResponse(cut, { for: "story" }),
    server.streams(cut, 1),
    server.ends(cut, "incomplete", "content_filter"),
    user.mustSettle("story", { kind: "stream" }),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
