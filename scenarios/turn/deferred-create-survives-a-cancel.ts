// The user stops the first answer and still wants the second. A client that waits for an event of that name, and not for
// response.done, waits for ever: OpenAI sends no response.cancelled.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/deferred-create-survives-a-cancel",
  title: "A create kept back is sent when the response before it was cancelled",
  cites: ["response.create", "response.cancel", "response.done"],
  grade: "observed",
  source: "langwatch/scenario#669; no response.cancelled in 29 recordings; PROTOCOL.md B.3, C09, K13",
  situations: ["C09", "K13"],
  needs: ["text-turn", "request-queue", "cancel"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.says("afterthought"),
    client.mustHaveSent(1, "response.create"),
    user.cancels(),
    client.mustSend("response.cancel"),

    client.shouldSend("response.create"),
    server.replies(second, { for: "afterthought" }),
  ],
})
