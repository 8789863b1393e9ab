// Bad lines break again. The second reset must find a listener too.
import { client, network, scenario, time } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/resets-twice",
  title: "A second ECONNRESET, on the second connection, is survived like the first",
  cites: ["session.created"],
  grade: "observed",
  source: "transports without a lasting socket error listener; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["no-crash", "reconnect-is-bounded", "next-turn-works"],

  story: [
    network.drops({ reset: true }),
    time.passes({ untilConnected: true }),
    client.mustHaveConnected(2),
    network.drops({ reset: true }),
    time.passes({ untilConnected: true }),
    client.mustHaveConnected(3),
  ],
})
