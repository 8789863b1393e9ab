// A reset socket emits an error as well as a close. Without a listener for both, that ends the whole process.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/reset-mid-stream",
  title: "ECONNRESET in the middle of a response does not crash the app",
  cites: ["response.done"],
  grade: "observed",
  source: "openai/codex#20739; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "close-is-clean"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.drops({ reset: true }),
    time.passes({ ms: 5_000 }),
  ],
})
