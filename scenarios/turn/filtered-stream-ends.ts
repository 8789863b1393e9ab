// The content filter stops a reply midway. The app's loop over the reply must end, like that of any other.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/filtered-stream-ends",
  title: "The stream of an incomplete response ends",
  cites: ["response.done"],
  grade: "documented",
  source: "RealtimeResponseStatus; PROTOCOL.md K10",
  situations: ["K10"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.ends(reply, "incomplete", "content_filter"),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
