// The user adds a word while the answer is spoken. The server ends the answer and begins another by itself; a client that
// asks again gets two.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const begun = response("begun")
const steered = response("steered")

export default scenario({
  id: "responses-ws/steered-response-goes-on",
  protocol: "responses",
  title: "A steered response is succeeded by another without a request",
  cites: ["response.steer", "response.incomplete", "response.created"],
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
    client.mustSend("response.steer", { previous_response_id: begun.id }),
    server.ends(begun, "incomplete", "steered"),
    server.startsSuccessor(steered, { after: begun }),
    server.streams(steered),
    server.finishes(steered),

    user.mustHear(steered),
    client.mustHaveSent(1, "response.create"),
    user.mustNotSeeError(),
  ],
})
