// The background response ends while the assistant speaks. The conversation is not free: a create now would be refused.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const verdict = response("verdict")

export default scenario({
  id: "interleave/out-of-band-done-keeps-the-guard",
  title: "response.done of an out-of-band response does not free the default conversation",
  cites: ["response.done", "response.create"],
  grade: "documented",
  source: 'ResponseCreateEvent conversation "none"; PROTOCOL.md C10',
  situations: ["C10"],
  needs: ["text-turn", "request-reply", "out-of-band"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    server.replies(verdict, { for: "verdict" }),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
    user.mustHear(reply),
  ],
})
