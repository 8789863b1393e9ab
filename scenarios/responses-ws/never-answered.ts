// The server takes the question, and says nothing at all.
import { scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "responses-ws/never-answered",
  protocol: "responses",
  title: "A request that is never answered fails, and the next one works",
  cites: ["response.create"],
  grade: "plausible",
  source: "a fault; PROTOCOL.md C.3",
  needs: ["text-turn", "reply-stream", "request-timeout"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("story"),
    server.ignores("story"),
    time.passes({ untilSettled: "story" }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
