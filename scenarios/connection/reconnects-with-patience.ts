// The server restarts and turns everybody away for a while. A thousand clients that knock without pause keep it down.
import { client, network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/reconnects-with-patience",
  title: "Refused reconnects are repeated at growing distances, until one is accepted",
  cites: ["session.created"],
  grade: "plausible",
  source: "load balancers during a restart; PROTOCOL.md M03",
  situations: ["M03"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["reconnect-is-bounded", "next-turn-works"],

  story: [
    network.refuses({ next: 2, status: 503 }),
    network.drops(),
    time.passes({ untilConnected: true, withinMs: 120_000 }),

    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
