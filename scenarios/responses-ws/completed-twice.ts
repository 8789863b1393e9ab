// The same end twice, and the second one finds another question waiting.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/completed-twice",
  protocol: "responses",
  title: "A repeated response.completed is not the end of the request that waits",
  cites: ["response.completed"],
  grade: "plausible",
  source: "a fault; PROTOCOL.md M09",
  situations: ["M09"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["attribution", "futures-settle-once"],

  story: [
    user.says("story"),
    server.replies(first, { for: "story" }),
    user.says("joke"),
    server.repeats("response.completed"),
    user.mustBePending("joke", "stream"),
    server.replies(second, { for: "joke" }),

    user.mustHear(second),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
