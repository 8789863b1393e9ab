// The app lets the model classify the call in the background while the assistant speaks. Two responses share the wire;
// each has its own id, and each ends by itself.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const verdict = response("verdict")

export default scenario({
  id: "interleave/out-of-band-beside-a-reply",
  title: "An out-of-band response and a reply, interleaved, are each delivered whole",
  cites: ["response.create", "response.done"],
  grade: "documented",
  source: 'ResponseCreateEvent conversation "none", realtime-conversations guide; PROTOCOL.md C10, C11',
  situations: ["C10", "C11"],
  needs: ["text-turn", "request-reply", "out-of-band"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    server.startsResponse(verdict, { for: "verdict" }),
    server.streams(verdict),
    server.streams(reply),
    server.streams(verdict),
    server.finishes(verdict),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustNotSeeError(),
  ],
})
