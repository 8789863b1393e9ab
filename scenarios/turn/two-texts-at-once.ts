// A user presses Enter twice. The server takes one response at a time; the second create would be refused, and what
// the user asked for would be lost.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")

export default scenario({
  id: "turn/two-texts-at-once",
  title: "A second text asked before the first is answered sends no second create",
  cites: ["response.create"],
  grade: "observed",
  source: "openai-agents-js PR #1127; langwatch/scenario#662; PROTOCOL.md B.2, C09",
  situations: ["C09"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    user.says("afterthought"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    server.finishes(first),

    user.mustHear(first),
  ],
})
