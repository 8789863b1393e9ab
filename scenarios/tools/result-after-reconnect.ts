// The line breaks while the tool works. The new session does not know the call; telling it again and again helps nobody.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/result-after-reconnect",
  title: "A result for a call of the old connection is no reason to loop or to crash",
  cites: ["conversation.item.create", "error"],
  grade: "observed",
  source: "livekit/agents#3344; PROTOCOL.md F04",
  situations: ["F04"],
  needs: ["text-turn", "tools", "reconnect"],
  judgedBy: ["tool-runs-once", "no-crash", "next-turn-works"],
  tools: [{ name: "lookup", answers: "sunny", afterMs: 20_000 }],

  story: [
    user.says("weather"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    network.drops(),
    time.passes({ untilConnected: true, withinMs: 15_000 }),
    time.passes({ ms: 25_000 }),

    user.mustRunTool("lookup"),
  ],
})
