// The same stray end while a response is under way: that one is still active, and a second create would be refused.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/done-without-created-keeps-the-guard",
  title: "response.done of an unknown response does not make the client think that it is free",
  cites: ["response.done", "response.create"],
  grade: "plausible",
  source: "comment at LiveKit's _handle_response_done; PROTOCOL.md S05",
  situations: ["S05"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.sends({
      type: "response.done",
      response: { object: "realtime.response", id: "resp_stranger", status: "cancelled", output: [], metadata: null },
    }),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
    user.mustHear(reply),
  ],
})
