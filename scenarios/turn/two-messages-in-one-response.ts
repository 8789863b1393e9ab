// One response may hold several messages. The end of the first is not the end of the turn.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/two-messages-in-one-response",
  title: "Output goes on after the first item of a response is done",
  cites: ["response.output_item.done", "response.done"],
  grade: "documented",
  source: "PROTOCOL.md B.1 rules 3 and 5",
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.finishesItem(reply),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
  ],
})
