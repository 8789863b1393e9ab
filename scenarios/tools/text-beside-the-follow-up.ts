// The tool has answered, the client has asked for the reply, and the user types. The conversation has one create in flight.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "tools/text-beside-the-follow-up",
  title: "A text after a tool result sends no second create while the follow-up is unanswered",
  cites: ["response.create", "conversation.item.create"],
  grade: "observed",
  source: "openai-agents-js PR #1127, langwatch/scenario#662; PROTOCOL.md B.2, F02",
  situations: ["F02"],
  needs: ["text-turn", "tools"],
  judgedBy: ["one-active-response", "tool-runs-once", "next-turn-works"],
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    client.mustSend("response.create"),
    user.says("afterthought"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
