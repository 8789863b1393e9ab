// The user goes on typing while the assistant talks. The client may wait, refuse, or cancel first, but it knows that a
// response is active and must not ask for another beside it.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")

export default scenario({
  id: "turn/text-during-a-reply",
  title: "No second create while a response is known to be active",
  cites: ["response.create", "response.created"],
  grade: "observed",
  source: "langwatch/scenario#662, PR #669; PROTOCOL.md C09",
  situations: ["C09"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.mustHear(first),
    user.says("afterthought"),
    server.finishes(first),
  ],
})
