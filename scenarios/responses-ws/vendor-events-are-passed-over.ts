// Servers and gateways send events that no type knows.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "responses-ws/vendor-events-are-passed-over",
  protocol: "responses",
  title: "Events that the protocol does not know change nothing",
  cites: ["response.completed"],
  grade: "observed",
  source: "Codex sources; keepalive in openai ResponseAccumulator; PROTOCOL.md C.5, W17",
  situations: ["W17"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["no-crash", "output-belongs-to-its-request"],

  story: [
    user.says("story"),
    server.sends({ type: "codex.rate_limits", plan_type: "plus", rate_limits: { allowed: true } }),
    server.startsResponse(reply, { for: "story" }),
    server.sends({ type: "keepalive" }),
    server.streams(reply, 1),
    server.sends({ type: "responsesapi.websocket_timing", timing: {} }),
    server.sends({ type: "response.metadata", metadata: {} }),
    server.streams(reply, 1),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustNotSeeError(),
  ],
})
