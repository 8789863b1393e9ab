// The service is down: every connection is turned away.
import { network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "responses-ws/refused-at-the-door",
  protocol: "responses",
  title: "A client whose connections are refused tries again with restraint, and says so",
  cites: ["response.create"],
  grade: "observed",
  source: "HTTP 503 at the handshake; PROTOCOL.md M03",
  situations: ["M03"],
  needs: ["text-turn", "reply-stream", "reconnect"],
  judgedBy: ["reconnect-is-bounded", "futures-settle-once"],
  ends: "unusable",

  story: [
    network.refuses({ next: 100, status: 503 }),
    network.drops(),
    user.says("story"),
    time.passes({ ms: 60_000 }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
