// A broken proxy cuts a frame short. The answer goes on, or the request fails and says so; the client lives either way.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/malformed-frames",
  protocol: "responses",
  title: "Frames that are no events are survived: the answer goes on, or its request is told to have failed",
  cites: ["error"],
  grade: "observed",
  source: "openai-node#2391, #2739; PROTOCOL.md M05",
  situations: ["M05"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["no-crash", "futures-settle-once", "next-turn-works"],

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

    user.mustHearOrSeeFail(reply, "story"),
    user.mustSettle("story", { kind: "stream" }),
  ],
})
