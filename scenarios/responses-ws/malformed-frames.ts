// A broken proxy cuts a frame short. One unreadable message is no reason to lose the answer.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/malformed-frames",
  protocol: "responses",
  title: "Frames that are no events are survived, and the answer goes on",
  cites: ["error"],
  grade: "observed",
  source: "openai-node#2391, #2739; PROTOCOL.md M05",
  situations: ["M05"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["no-crash", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.sendsText('{"type":"response.output_text.del'),
    server.sendsText("null"),
    server.sendsText("[]"),
    server.sendsText("42"),
    server.sendsText("{}"),
    server.sendsText('{"type":5}'),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
  ],
})
