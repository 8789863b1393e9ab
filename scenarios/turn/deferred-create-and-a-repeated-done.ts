// A gateway repeats response.done. What waited for it goes out at the first, and only then.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/deferred-create-and-a-repeated-done",
  title: "A create kept back is sent once, even when response.done comes twice",
  cites: ["response.create", "response.done"],
  grade: "plausible",
  source: "langwatch/scenario#669 sent it twice; PROTOCOL.md C09, M09",
  situations: ["C09", "M09"],
  needs: ["text-turn", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.says("afterthought"),
    server.finishes(first),
    server.repeats("response.done", { sameEventId: false }),
    client.mustHaveSent(2, "response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
  ],
})
