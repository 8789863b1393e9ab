// A gateway repeats the end of the old response while the new one speaks. It must not end the new one, nor make the
// client think that it is free to ask again.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const old = response("old")
const current = response("current")

export default scenario({
  id: "cancel/second-done-of-an-old-response",
  title: "A late response.done of an earlier response does not end the present one",
  cites: ["response.done"],
  grade: "plausible",
  source: 'pydantic-ai "superseded" logic; PROTOCOL.md K06, M09',
  situations: ["K06", "M09"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request", "next-turn-works"],

  story: [
    user.says("question"),
    server.replies(old, { for: "question" }),
    user.says("story"),
    server.startsResponse(current, { for: "story" }),
    server.repeats("response.done", { sameEventId: false }),
    user.says("afterthought"),
    server.streams(current),
    server.finishes(current),

    user.mustHear(current),
  ],
})
