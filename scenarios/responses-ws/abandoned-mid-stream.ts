// The user has heard enough and asks something else. There is no cancel in this protocol: the old answer streams on.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const old = response("old")
const reply = response("reply")

export default scenario({
  id: "responses-ws/abandoned-mid-stream",
  protocol: "responses",
  title: "Nothing of an abandoned answer reaches the next request",
  cites: ["response.create"],
  grade: "observed",
  source: "drain in pipecat responses/llm.py; PROTOCOL.md C.1, W18",
  situations: ["W18"],
  needs: ["text-turn", "text-output", "reply-stream", "cancel"],
  judgedBy: ["no-late-output", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.startsResponse(old, { for: "story" }),
    server.streams(old, 1),
    user.mustHear(old),
    user.cancels(),
    user.mustSettle("story", { kind: "stream" }),
    client.mustNotSend("response.cancel"),
    user.says("joke"),
    server.streams(old, 1),
    server.finishes(old),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
