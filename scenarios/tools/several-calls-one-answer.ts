// The model asks for three things at once. Three creates would make the assistant talk to itself.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const answer = response("answer")

export default scenario({
  id: "tools/several-calls-one-answer",
  title: "Every call of a response gets its output, and one create follows them all",
  cites: ["conversation.item.create", "response.create"],
  grade: "observed",
  source: "openai-agents-python#3405, #1168; PROTOCOL.md F03",
  situations: ["F03"],
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "one-active-response"],
  tools: [
    { name: "weather", answers: "sunny" },
    { name: "traffic", answers: "calm", afterMs: 300 },
  ],

  story: [
    user.says("trip"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "weather"),
    server.callsTool(call, "traffic"),
    server.finishes(call),
    time.passes({ ms: 1_000 }),

    user.mustRunTool("weather"),
    user.mustRunTool("traffic"),
    client.mustHaveSent(1, "conversation.item.create", { item: { call_id: "call_weather" } }),
    client.mustHaveSent(1, "conversation.item.create", { item: { call_id: "call_traffic" } }),
    client.mustHaveSent(2, "response.create"),
    server.replies(answer, { for: "trip" }),
    user.mustHear(answer),
  ],
})
