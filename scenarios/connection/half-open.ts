// The train enters a tunnel: no bytes and no close. A request must not wait until the train comes out.
import { network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/half-open",
  title: "A request on a half-open connection is given up",
  cites: ["response.create"],
  grade: "observed",
  source: "agents-js#1219; PROTOCOL.md M04",
  situations: ["M04"],
  needs: ["text-turn", "reply-future", "request-timeout"],
  judgedBy: ["futures-settle-once", "no-crash"],
  ends: "unusable",

  story: [
    network.goesSilent(),
    user.says("greeting"),
    time.passes({ untilSettled: "greeting" }),

    user.mustSettle("greeting", { as: "rejected" }),
  ],
})
