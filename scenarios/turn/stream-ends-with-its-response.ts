// An app reads the reply as a stream. If its end never comes, the app stands in its loop for ever.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/stream-ends-with-its-response",
  title: "The stream of a reply ends at response.done",
  cites: ["response.done"],
  grade: "documented",
  source: "PROTOCOL.md B.1 rule 1",
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end"],

  story: [
    user.says("greeting"),
    server.startsResponse(reply, { for: "greeting" }),
    server.streams(reply, 3),
    user.mustHear(reply),
    server.finishes(reply),

    user.mustSettle("greeting", { kind: "stream" }),
  ],
})
