// The stream of HTTP has an error event of its own, without a wrapper, and it comes over WebSocket, too.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const broken = response("broken")
const reply = response("reply")

export default scenario({
  id: "responses-ws/error-flat-mid-stream",
  protocol: "responses",
  title: "A flat error in the middle of an answer ends its stream, and the next request works",
  cites: ["error"],
  grade: "documented",
  source: "ResponseErrorEvent of openai 7.55; PROTOCOL.md C.4 form 2, W04",
  situations: ["W04"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["settles-when-answered", "terminal-set-is-complete"],

  story: [
    user.says("story"),
    server.startsResponse(broken, { for: "story" }),
    server.streams(broken, 1),
    server.errors({ ends: broken, code: "server_error", shape: "flat" }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
    user.says("joke"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
