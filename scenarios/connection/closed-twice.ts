// Clean-up code runs twice more often than one thinks.
import { client, scenario, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/closed-twice",
  title: "A second close() is harmless",
  cites: ["session.created"],
  grade: "plausible",
  source: "every clean-up path; PROTOCOL.md B.6",
  needs: [],
  judgedBy: ["close-is-clean", "no-crash"],
  ends: "unusable",

  story: [user.closes(), user.closes(), client.mustHaveConnected(1)],
})
