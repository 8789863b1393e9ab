// A close frame with code 1000 looks like a good end. It is none while an answer is under way.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/closed-1000-mid-stream",
  protocol: "responses",
  title: "A clean close in the middle of an answer is a loss",
  cites: ["response.completed"],
  grade: "observed",
  source: "Codex: closed by server before response.completed; PROTOCOL.md M02",
  situations: ["M02"],
  needs: ["text-turn", "text-output", "reply-stream", "reconnect"],
  judgedBy: ["futures-settle-once", "errors-surface", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.closes(1000),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
