// Sixty minutes are over in the middle of a sentence.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const cut = response("cut")

export default scenario({
  id: "responses-ws/connection-limit-mid-stream",
  protocol: "responses",
  title: "The connection limit in the middle of an answer ends it, and nothing of it is delivered twice",
  cites: ["error", "websocket_connection_limit_reached"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.3, W03",
  situations: ["W03"],
  needs: ["text-turn", "text-output", "reply-stream", "reconnect"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(cut, { for: "story" }),
    server.streams(cut),
    server.limitsConnection(),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
