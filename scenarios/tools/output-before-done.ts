// The tool is quick: its result is there before the response that called it is over. The output may be sent at once; the
// create must wait, or it is refused and the user never hears the answer.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/output-before-done",
  title: "The create that follows a tool result waits for response.done",
  cites: ["response.done", "response.create"],
  grade: "observed",
  source: "openai-agents-python#3140, openai-agents-js PR #1127; PROTOCOL.md F02",
  situations: ["F02"],
  needs: ["text-turn", "tools"],
  judgedBy: ["one-active-response", "tool-runs-once"],
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    time.passes({ ms: 100 }),
    client.mustHaveSent(1, "response.create"),

    server.finishes(call),
    client.mustSend("response.create"),
    user.mustRunTool("lookup"),
  ],
})
