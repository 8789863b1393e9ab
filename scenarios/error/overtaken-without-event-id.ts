// As before, but the refusal does not say whose it is: the form that left whole calls silent.
import { network, response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "error/overtaken-without-event-id",
  title: "A create refused with a null event_id because of a spoken turn leaves the client able to go on",
  cites: ["response.create", "error"],
  grade: "observed",
  source: "openai-agents-python#1466, PR #3405; tleyden/arty#81; PROTOCOL.md C02, C04",
  situations: ["C02", "C04"],
  needs: ["request-reply", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad", echoEventId: false },

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
