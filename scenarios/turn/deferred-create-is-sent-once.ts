// A queue that forgets the second question leaves the user without an answer; one that sends it twice gets an error.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/deferred-create-is-sent-once",
  title: "A create kept back during a response is sent once, after response.done",
  cites: ["response.create", "response.done"],
  grade: "observed",
  source: "langwatch/scenario#669; PROTOCOL.md C09",
  situations: ["C09"],
  needs: ["text-turn", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.says("afterthought"),
    client.mustHaveSent(1, "response.create"),

    server.finishes(first),
    client.mustSend("response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
    client.mustHaveSent(2, "response.create"),
  ],
})
