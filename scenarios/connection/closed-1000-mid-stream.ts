// A clean close is still the loss of half a reply. Clients that take 1000 for success end the turn as if all was said.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/closed-1000-mid-stream",
  title: "A close with 1000 in the middle of a response ends its stream",
  cites: ["response.done"],
  grade: "observed",
  source: 'codex "closed by server before response.completed"; PROTOCOL.md M02',
  situations: ["M02"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.closes(1000),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
