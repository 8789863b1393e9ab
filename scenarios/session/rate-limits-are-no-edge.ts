// rate_limits.updated comes at any time or never. A client that takes it for the beginning or the end of a response
// starts the next turn too early, or waits for one that never comes.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "session/rate-limits-are-no-edge",
  title: "rate_limits.updated neither starts nor ends a response",
  cites: ["rate_limits.updated"],
  grade: "observed",
  source: "0 of 17 recorded before response.done, 6 of 17 after it; PROTOCOL.md S10",
  situations: ["S10"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request", "next-turn-works"],

  story: [
    user.says("greeting"),
    server.startsResponse(first, { for: "greeting" }),
    server.streams(first),
    server.sends({ type: "rate_limits.updated", rate_limits: [{ name: "tokens", limit: 100, remaining: 60 }] }),
    server.streams(first),
    server.finishes(first),
    server.tellsRateLimits(),
    user.mustHear(first),

    user.says("weather"),
    server.sends({ type: "rate_limits.updated", rate_limits: [{ name: "tokens", limit: 100, remaining: 40 }] }),
    server.replies(second, { for: "weather" }),
    user.mustHear(second),
  ],
})
