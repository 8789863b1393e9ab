// Some gateways send binary frames. They mean nothing here.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/binary-frame",
  protocol: "responses",
  title: "A binary frame in the middle of an answer is survived",
  cites: ["response.completed"],
  grade: "observed",
  source: "handled in Codex responses_websocket.rs and openai ws-base.js; PROTOCOL.md M07",
  situations: ["M07"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.sendsBinary(16),
    server.streams(reply),
    server.finishes(reply),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
