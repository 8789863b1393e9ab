// A late copy of the old end arrives in the middle of the new answer.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/completed-twice-mid-stream",
  protocol: "responses",
  title: "A repeated response.completed does not cut the next answer short",
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
    server.startsResponse(second, { for: "joke" }),
    server.streams(second, 1),
    server.repeats("response.completed"),
    user.mustBePending("joke", "stream"),
    server.streams(second, 1),
    server.finishes(second),

    user.mustHear(second),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
