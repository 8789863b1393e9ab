// The same refusal for an app that awaits nothing: it must see an error, and its next question must be asked.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/names-the-request-is-seen",
  title: "An error that names our response.create is shown, and the next turn is asked",
  cites: ["error", "response.create"],
  grade: "observed",
  source: "livekit/agents#6817; openai-agents-js PR #1127; PROTOCOL.md C01",
  situations: ["C01"],
  needs: ["text-turn", "error-event"],
  judgedBy: ["next-turn-works", "one-active-response"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.errors({ for: "greeting", code: "server_error", type: "server_error" }),
    user.mustSeeError(),

    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
