// A gateway that answers the upgrade with 401 has said its last word. An app that awaits connect() must hear it, and
// nobody must knock for ever with the same key.
import { network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/refused-at-the-door",
  title: "A refused upgrade rejects connect, and is not tried without end",
  cites: ["session.created"],
  grade: "plausible",
  source: "gateways before the API; api.openai.com itself refuses after the upgrade, PROTOCOL.md A.1",
  needs: [],
  judgedBy: ["futures-settle-once", "no-crash"],
  begins: "unconnected",
  ends: "unusable",

  story: [
    network.refuses({ next: 100, status: 401 }),
    user.connects(),
    time.passes({ ms: 60_000 }),

    user.mustSeeError(),
  ],
})
