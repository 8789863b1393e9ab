// What was added reaches the server with the last word of the answer. The answer is complete, and another follows.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const begun = response("begun")
const steered = response("steered")

export default scenario({
  id: "responses-ws/steered-at-its-end",
  protocol: "responses",
  title: "A steered response that completes is succeeded by another without a request",
  cites: ["response.steer", "response.completed", "response.created"],
  grade: "documented",
  source: "ResponseSteerEvent of openai 7.55; PROTOCOL.md C.5, W07",
  situations: ["W07"],
  needs: ["text-turn", "text-output", "reply-stream", "steer"],
  judgedBy: ["futures-settle-once", "terminal-set-is-complete"],

  story: [
    user.says("story"),
    server.startsResponse(begun, { for: "story" }),
    server.streams(begun, 1),
    user.steers("story"),
    server.finishes(begun),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    server.startsSuccessor(steered, { after: begun }),
    server.streams(steered),
    server.finishes(steered),

    user.mustHear(begun),
    user.mustHear(steered),
    client.mustHaveSent(1, "response.create"),
  ],
})
