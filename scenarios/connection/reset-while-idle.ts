// Load balancers reset connections that nobody uses. No request is there to carry the error, and it must not be thrown
// at the process.
import { network, scenario, time } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/reset-while-idle",
  title: "ECONNRESET on an idle session does not crash the app",
  cites: ["session.created"],
  grade: "observed",
  source: "missing socket error listeners (n8n-like transports), livekit/agents#6335; PROTOCOL.md M01",
  situations: ["M01"],
  needs: [],
  judgedBy: ["no-crash", "close-is-clean"],
  ends: "unusable",

  story: [time.passes({ ms: 25_000 }), network.drops({ reset: true }), time.passes({ ms: 5_000 })],
})
