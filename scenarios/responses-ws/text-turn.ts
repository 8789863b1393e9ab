// The plain case: one question, one streamed answer, one end.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/text-turn",
  protocol: "responses",
  title: "A request is answered piece by piece, and its stream ends with response.completed",
  cites: ["response.create", "response.output_text.delta", "response.completed"],
  grade: "documented",
  source: "WebSocket mode guide; PROTOCOL.md C.5, W01",
  situations: ["W01"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["futures-settle-once"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    server.startsResponse(reply, { for: "story", queued: true }),
    server.streams(reply),
    user.mustHear(reply),
    user.mustBePending("story", "stream"),
    server.finishes(reply),

    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustNotSeeError(),
  ],
})
