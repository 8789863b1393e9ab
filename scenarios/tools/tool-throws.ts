// The app's tool fails. That is the model's to explain to the user, not the process's to die of.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/tool-throws",
  title: "A tool that throws does not break the session",
  cites: ["conversation.item.create"],
  grade: "observed",
  source: "realtime-conversations guide, function calling: every call needs its output; PROTOCOL.md B.5",
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "no-crash", "next-turn-works"],
  tools: [{ name: "lookup", throws: "no route to weather" }],

  story: [
    user.says("weather"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    time.passes({ ms: 100 }),

    user.mustRunTool("lookup"),
    client.shouldSend("conversation.item.create", { item: { type: "function_call_output", call_id: "call_lookup" } }),
  ],
})
