// OpenAI opens the socket first and looks at the key afterwards: an open socket is not yet a session. A client that reports
// "connected" at once leaves its app to talk to nobody, and one that tries again for ever knocks with the wrong key.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/wrong-key",
  title: "A connection that is turned away for its key is reported, and not tried again",
  cites: ["error", "session.created"],
  grade: "observed",
  source: "probe 10 and 11 of 2026-09-18, twilio python#4; PROTOCOL.md A.1, N03",
  situations: ["N03"],
  needs: [],
  judgedBy: ["futures-settle-once", "no-crash"],
  begins: "unconnected",
  ends: "unusable",

  story: [
    server.turnsAway({ code: "invalid_api_key", message: "Incorrect API key provided.", closeCode: 3000, next: 100 }),
    user.connects(),
    time.passes({ ms: 60_000 }),

    user.mustSeeError(),
    client.mustHaveConnected(1),
  ],
})
