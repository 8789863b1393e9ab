// The sixtieth minute comes in the middle of a reply. Its stream must end.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/session-expires-mid-stream",
  title: "A session that expires mid-response ends the response's stream",
  cites: ["error", "response.done"],
  grade: "observed",
  source: "fuwei007#4, pipecat#3170; PROTOCOL.md N05",
  situations: ["N05"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.expires(),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
