// The line breaks, and meanwhile the key was revoked. Each attempt opens, and is turned away: from a distance that looks like
// success, over and over.
import { network, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/reconnect-is-turned-away",
  title: "A reconnect that is turned away for its key is reported, and not repeated without end",
  cites: ["error", "session.created"],
  grade: "plausible",
  source: "PROTOCOL.md A.1, N03 after a loss; M03",
  situations: ["N03", "M03"],
  needs: ["text-turn", "reconnect", "error-event"],
  judgedBy: ["reconnect-is-bounded", "no-crash"],
  ends: "unusable",

  story: [
    server.turnsAway({ code: "invalid_api_key", message: "Incorrect API key provided.", closeCode: 3000, next: 100 }),
    network.drops(),
    time.passes({ ms: 60_000 }),

    user.mustSeeError(),
  ],
})
