// The first create is refused, so no response and no response.done will come of it. What waited behind it must not wait for
// one.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const second = response("second")

export default scenario({
  id: "turn/deferred-create-survives-a-refusal",
  title: "A create kept back is sent when the create before it is refused",
  cites: ["response.create", "error"],
  grade: "observed",
  source: "livekit/agents#6817, langwatch/scenario#669; PROTOCOL.md C01, C09",
  situations: ["C01", "C09"],
  needs: ["text-turn", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost", "next-turn-works"],
  server: { echoEventId: true },

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    user.says("afterthought"),
    client.mustHaveSent(1, "response.create"),
    server.errors({ for: "question", code: "server_error", type: "server_error" }),

    client.mustSend("response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
  ],
})
