// The answer to the first call leads to a second. Each round is a response, an output and one create.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")
const answer = response("answer")

export default scenario({
  id: "tools/two-rounds",
  title: "A call that follows the output of another is answered like the first",
  cites: ["response.function_call_arguments.done", "conversation.item.create", "response.create"],
  grade: "documented",
  source: "realtime-conversations guide, function calling; PROTOCOL.md B.5, F01",
  situations: ["F01"],
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "one-active-response"],
  tools: [
    { name: "search", answers: "three hotels" },
    { name: "book", answers: "booked" },
  ],

  story: [
    user.says("hotel"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "hotel" }),
    server.callsTool(first, "search"),
    server.finishes(first),
    client.mustSend("response.create"),
    server.startsResponse(second, { for: "hotel" }),
    server.callsTool(second, "book"),
    server.finishes(second),
    client.mustSend("response.create"),
    server.replies(answer, { for: "hotel" }),

    user.mustHear(answer),
    user.mustRunTool("search"),
    user.mustRunTool("book"),
    client.mustHaveSent(3, "response.create"),
  ],
})
