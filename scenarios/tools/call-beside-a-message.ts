// gpt-realtime-2.1 calls a tool before it has finished its sentence. Both items are open at once; neither may swallow
// the other.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "tools/call-beside-a-message",
  title: "A call that overlaps a message runs, and the message is heard",
  cites: ["response.output_item.added", "response.output_item.done"],
  grade: "observed",
  source: "recorded on gpt-realtime-2.1, pydantic-ai cassette test_text_tool_round_parity; PROTOCOL.md S01",
  situations: ["S01"],
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "output-belongs-to-its-request"],
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    server.startsResponse(reply, { for: "weather" }),
    server.streams(reply),
    server.callsTool(reply, "lookup"),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustRunTool("lookup"),
    client.mustSend("conversation.item.create", { item: { type: "function_call_output", call_id: "call_lookup" } }),
  ],
})
