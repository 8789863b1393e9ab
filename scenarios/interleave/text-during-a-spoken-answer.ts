// The user types while the server answers what they said. The client did not ask for that answer, but it saw it begin.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "interleave/text-during-a-spoken-answer",
  title: "No create while a server-made response is known to be active",
  cites: ["response.created", "response.create"],
  grade: "observed",
  source: "langwatch/scenario#662; PROTOCOL.md B.2, C04",
  situations: ["C04"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["one-active-response", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    user.says("typed"),
    server.streams(spoken),
    server.finishes(spoken),

    user.mustHear(spoken),
  ],
})
