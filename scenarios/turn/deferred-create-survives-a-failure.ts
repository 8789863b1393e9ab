// The first reply fails while the second question waits for it. A guard that opens only on success leaves the user
// with a client that is mute for the rest of the call.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/deferred-create-survives-a-failure",
  title: "A create kept back is sent also when the response before it fails",
  cites: ["response.create", "response.done"],
  grade: "observed",
  source: "langwatch/scenario#669; PROTOCOL.md C09, K12",
  situations: ["C09", "K12"],
  needs: ["text-turn", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "question" }),
    user.says("afterthought"),
    server.fails(first),
    client.mustSend("response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
  ],
})
