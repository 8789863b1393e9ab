// OpenAI's guide mentions response.cancelled, and clones send it. The lifecycle ends at response.done alone: a client
// that takes the alias for the end asks again too early.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/alias-event-is-no-end",
  title: "response.cancelled is an unknown event, not the end of a response",
  cites: ["response.done"],
  grade: "plausible",
  source: "prose of the realtime-conversations guide, in no recording; PROTOCOL.md K13",
  situations: ["K13"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    server.startsResponse(reply, { for: "question" }),
    server.sends({ type: "response.cancelled", response_id: reply.id }),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
  ],
})
