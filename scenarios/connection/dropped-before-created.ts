// The line breaks between question and answer. Who waits must be told now, by the break, not by some later time-out.
import { client, network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/dropped-before-created",
  title: "A connection lost before response.created settles the waiting request",
  cites: ["response.create"],
  grade: "observed",
  source: "LiveKit agents-js close(); PROTOCOL.md C14, M01",
  situations: ["C14", "M01"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "no-crash"],
  ends: "unusable",

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    network.drops(),
    time.passes({ untilSettled: "greeting", withinMs: 5_000 }),

    user.mustSettle("greeting"),
  ],
})
