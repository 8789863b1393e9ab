// The app asks for a greeting while the server answers what the caller said already.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "turn/greeting-during-a-spoken-answer",
  title: "A reply requested during a server-made response waits for its end",
  cites: ["response.create", "response.created"],
  grade: "observed",
  source: "langwatch/scenario#662: initial response; PROTOCOL.md B.2, C04",
  situations: ["C04"],
  needs: ["request-reply", "server-turns"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    user.requestsReply("greeting"),
    server.streams(spoken),
    server.finishes(spoken),
    user.mustHear(spoken),
  ],
})
