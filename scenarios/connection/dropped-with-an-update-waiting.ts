// An update was sent, and the line breaks before its acknowledgement. Who awaits it is told.
import { client, network, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/dropped-with-an-update-waiting",
  title: "A connection lost before session.updated settles the waiting update",
  cites: ["session.update", "session.updated"],
  grade: "observed",
  source: "LiveKit agents-js close() and its pending futures; PROTOCOL.md C14, M01",
  situations: ["C14", "M01"],
  needs: ["session-update", "update-future"],
  judgedBy: ["futures-settle-once", "no-crash"],
  ends: "unusable",

  story: [
    server.acknowledgesLater(),
    user.updates("tone", "Be brief."),
    client.mustSend("session.update"),
    network.drops(),
    time.passes({ ms: 5_000 }),

    user.mustSettle("tone", { kind: "update", as: "rejected" }),
  ],
})
