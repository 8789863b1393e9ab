// Some gateways send binary frames. They mean nothing here.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/binary-frame",
  title: "A binary frame from the server is survived",
  cites: ["response.done"],
  grade: "observed",
  source: "handled in codex responses_websocket.rs and openai ws-base.js; PROTOCOL.md M07",
  situations: ["M07"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.sendsBinary(16),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
  ],
})
