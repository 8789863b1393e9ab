// A background request is answered before the question that was asked first. The caller of the question still waits for its
// own answer.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const verdict = response("verdict")
const reply = response("reply")

export default scenario({
  id: "interleave/out-of-band-overtakes-the-reply",
  title: "An out-of-band response created first does not answer the request asked first",
  cites: ["response.created", "response.create"],
  grade: "documented",
  source: "metadata tells parallel responses apart, realtime-conversations guide; PROTOCOL.md B.2, C05, C10",
  situations: ["C05", "C10"],
  needs: ["text-turn", "request-reply", "out-of-band", "reply-future"],
  judgedBy: ["output-belongs-to-its-request", "futures-settle-once"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    client.mustSend("response.create", { response: { conversation: "none" } }),
    server.replies(verdict, { for: "verdict" }),
    user.mustSettle("verdict", { as: "resolved" }),
    user.mustBePending("story"),

    server.replies(reply, { for: "story" }),
    user.mustSettle("story", { as: "resolved" }),
    user.mustHear(reply),
  ],
})
