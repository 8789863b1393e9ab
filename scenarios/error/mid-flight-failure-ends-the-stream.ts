// The app's loop over the reply must end when the response fails; nothing more will come.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/mid-flight-failure-ends-the-stream",
  title: "The stream of a failed response ends",
  cites: ["response.done"],
  grade: "documented",
  source: 'RealtimeResponseStatus; agents#5566 "response.error mid-flight hangs"; PROTOCOL.md K12',
  situations: ["K12"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.fails(reply),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
