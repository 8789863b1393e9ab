// The tool finishes while the server answers something the user said. Its create must wait for that answer's end.
import { response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const spoken = response("spoken")

export default scenario({
  id: "tools/create-waits-for-a-spoken-answer",
  title: "The create that follows a slow tool waits for a server-made response",
  cites: ["response.create", "response.created"],
  grade: "observed",
  source: "langwatch/scenario#662; PROTOCOL.md F02, F05",
  situations: ["F02", "F05"],
  needs: ["text-turn", "tools", "server-turns"],
  judgedBy: ["one-active-response", "tool-runs-once"],
  server: { turnDetection: "server_vad" },
  tools: [{ name: "lookup", answers: "sunny", afterMs: 2_000 }],

  story: [
    user.says("weather"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    time.passes({ ms: 3_000 }),
    server.streams(spoken),
    server.finishes(spoken),

    user.mustRunTool("lookup"),
    user.mustHear(spoken),
  ],
})
