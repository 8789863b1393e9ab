// A background request fails while the assistant speaks. The reply goes on, and the conversation is not free.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const verdict = response("verdict")

export default scenario({
  id: "error/out-of-band-failure-spares-the-reply",
  title: "The failure of an out-of-band response does not end the reply beside it",
  cites: ["response.done", "response.create"],
  grade: "documented",
  source: 'ResponseCreateEvent conversation "none"; PROTOCOL.md C10, K12',
  situations: ["C10", "K12"],
  needs: ["text-turn", "request-reply", "out-of-band"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    server.startsResponse(verdict, { for: "verdict" }),
    server.fails(verdict),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
    user.mustHear(reply),
  ],
})
