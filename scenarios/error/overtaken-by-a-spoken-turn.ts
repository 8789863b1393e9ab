// The user speaks while the app asks for a reply. The server answers the speech and refuses the app. The spoken answer
// is not the reply that the app asked for, and the refusal must not vanish.
import { network, response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "error/overtaken-by-a-spoken-turn",
  title: "A create refused because of a server-made response is not resolved with that response",
  cites: ["response.create", "response.created", "error"],
  grade: "observed",
  source: "livekit/agents#6817; PROTOCOL.md C04",
  situations: ["C04", "C01"],
  needs: ["request-reply", "reply-future", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "futures-settle-once"],
  server: { turnDetection: "server_vad", echoEventId: true },

  story: [
    server.hearsTurn(),
    network.holds(),
    server.startsResponse(spoken, { for: null }),
    user.requestsReply("greeting"),
    network.releases(),
    server.streams(spoken),
    server.finishes(spoken),

    user.mustHear(spoken),
  ],
})
