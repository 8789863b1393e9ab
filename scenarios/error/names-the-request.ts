// The server refuses a request and says which one. Who awaits it must be told at once: for ten seconds of silence, or for
// ever, the user thinks that the assistant ponders.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/names-the-request",
  title: "An error that names our response.create rejects that request at once",
  cites: ["error", "response.create"],
  grade: "observed",
  source: "livekit/agents#6817, PR #6818, #5566; agents-js#1384; PROTOCOL.md C01",
  situations: ["C01"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["settles-when-answered", "futures-settle-once", "errors-surface"],
  server: { echoEventId: true },

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.errors({ for: "greeting", code: "server_error", type: "server_error" }),

    user.mustSettle("greeting", { as: "rejected" }),
  ],
})
