// After sixty minutes every session ends, with an error and a close that looks clean. A call that goes silent in its
// 61st minute without a word is the worst of all failures.
import { scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/session-expires",
  title: "The end of a session's time is reported",
  cites: ["error"],
  grade: "observed",
  source: "fuwei007#4, pipecat#3170; PROTOCOL.md N05",
  situations: ["N05"],
  needs: ["text-turn", "error-event"],
  judgedBy: ["no-crash", "close-is-clean"],
  ends: "unusable",

  story: [
    server.expires(),
    time.passes({ ms: 1_000 }),

    user.mustSeeError("session_expired"),
  ],
})
