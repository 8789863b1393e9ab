// The tool has run, and the create that asks for the answer is refused. Nobody awaits that one: it must be shown, and the
// next question asked.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "error/names-the-follow-up-of-a-tool",
  title: "An error that names the create after a tool result is shown, and the next turn is asked",
  cites: ["error", "response.create", "conversation.item.create"],
  grade: "observed",
  source: "livekit/agents#6817, openai-agents-js PR #1127; PROTOCOL.md C01",
  situations: ["C01"],
  needs: ["text-turn", "tools", "error-event"],
  judgedBy: ["tool-runs-once", "next-turn-works"],
  server: { echoEventId: true },
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    client.mustSend("response.create"),
    server.errors({ for: "weather", code: "server_error", type: "server_error" }),
    user.mustSeeError(),

    user.says("farewell"),
    client.mustSend("response.create"),
  ],
})
