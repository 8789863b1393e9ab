// The first question was swallowed. When the client gives it up, the second must go out.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const second = response("second")

export default scenario({
  id: "timeout/deferred-create-survives-a-time-out",
  title: "A create kept back is sent when the create before it is given up",
  cites: ["response.create"],
  grade: "plausible",
  source: "PROTOCOL.md C09, C13",
  situations: ["C09", "C13"],
  needs: ["text-turn", "reply-future", "request-timeout", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.ignores("question"),
    user.says("afterthought"),
    time.passes({ untilSettled: "question" }),
    client.mustSend("response.create"),
    server.replies(second, { for: "afterthought" }),
    user.mustHear(second),
  ],
})
