// The four events that carry one call are one call: a tool that books a table must book one table.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "tools/one-call",
  title: "A tool call runs once, its output is sent, and one create asks for the answer",
  cites: ["response.function_call_arguments.done", "conversation.item.create", "response.create"],
  grade: "documented",
  source: "realtime-conversations guide, function calling; PROTOCOL.md F01",
  situations: ["F01", "S18"],
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "one-active-response"],
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),

    user.mustRunTool("lookup"),
    client.mustSend("conversation.item.create", { item: { type: "function_call_output", call_id: "call_lookup" } }),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
    client.mustHaveSent(2, "response.create"),
  ],
})
