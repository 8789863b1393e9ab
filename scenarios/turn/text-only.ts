// A session of text: no audio, no transcript, other names for the same things.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/text-only",
  title: "A text reply is delivered and ends",
  cites: ["response.output_text.delta", "response.output_text.done", "response.done"],
  grade: "documented",
  source: "output_modalities of the session, PROTOCOL.md A.3, B.1",
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  output: "text",

  story: [
    user.says("greeting"),
    server.startsResponse(reply, { for: "greeting" }),
    server.streams(reply, 3),
    user.mustHear(reply),
    server.finishes(reply),
    user.mustNotSeeError(),
  ],
})
