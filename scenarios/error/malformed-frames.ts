// A broken proxy cuts a frame short. The reply goes on, or its request fails and says so; the call is not lost for it.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/malformed-frames",
  title: "Frames that are no events are survived: the reply goes on, or its request is told to have failed",
  cites: ["error"],
  grade: "observed",
  source: "openai-node#2391, #2739; PROTOCOL.md M05",
  situations: ["M05"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.sendsText('{"type":"response.output_audio.del'),
    server.sendsText("null"),
    server.sendsText("[]"),
    server.sendsText("42"),
    server.sendsText("{}"),
    server.sendsText('{"type":5}'),
    server.streams(reply),
    server.finishes(reply),

    user.mustHearOrSeeFail(reply, "story"),
  ],
})
