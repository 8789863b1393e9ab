// Taken back before the server had answered at all; the answer comes all the same.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const old = response("old")
const reply = response("reply")

export default scenario({
  id: "responses-ws/abandoned-before-its-first-word",
  protocol: "responses",
  title: "The answer to an abandoned request is not taken for the answer to the next",
  cites: ["response.create", "response.created"],
  grade: "observed",
  source: "drain in pipecat responses/llm.py; PROTOCOL.md C.1, W18",
  situations: ["W18"],
  needs: ["text-turn", "text-output", "reply-stream", "cancel"],
  judgedBy: ["output-belongs-to-its-request", "futures-settle-once"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    user.cancels(),
    user.says("joke"),
    client.mustSend("response.create"),
    server.startsResponse(old, { for: "story" }),
    server.streams(old),
    server.finishes(old),
    server.replies(reply, { for: "joke" }),

    user.mustNotHear(old),
    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
