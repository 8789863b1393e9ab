// The first answer runs into the token limit. That is an end like any other to those who wait behind it.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/deferred-create-survives-an-incomplete-end",
  title: "A create kept back is sent when the response before it ends as incomplete",
  cites: ["response.create", "response.done"],
  grade: "documented",
  source: "RealtimeResponseStatus; langwatch/scenario#669; PROTOCOL.md C09, K10",
  situations: ["C09", "K10"],
  needs: ["text-turn", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.says("afterthought"),
    server.ends(first, "incomplete", "max_output_tokens"),
    client.mustSend("response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
    client.mustHaveSent(2, "response.create"),
  ],
})
