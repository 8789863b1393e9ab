// A request that the server swallowed must fail some day, and the call must go on.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "timeout/never-answered",
  title: "A request that is never answered is given up and reported",
  cites: ["response.create"],
  grade: "plausible",
  source: "PROTOCOL.md C13; LiveKit's time-out of ten seconds exists for it",
  situations: ["C13"],
  needs: ["text-turn", "reply-future", "request-timeout"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.ignores("greeting"),
    time.passes({ untilSettled: "greeting" }),

    user.mustSettle("greeting", { as: "rejected" }),
  ],
})
