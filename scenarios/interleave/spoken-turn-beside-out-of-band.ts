// The user speaks while a background request is answered. When that one ends, the spoken answer is still under way, and
// a create for what the user typed meanwhile must wait for it.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const verdict = response("verdict")
const spoken = response("spoken")

export default scenario({
  id: "interleave/spoken-turn-beside-out-of-band",
  title: "The end of an out-of-band response does not end the spoken turn beside it",
  cites: ["response.done", "response.create"],
  grade: "documented",
  source: 'ResponseCreateEvent conversation "none"; PROTOCOL.md C10',
  situations: ["C10", "C11"],
  needs: ["text-turn", "request-reply", "out-of-band", "server-turns"],
  judgedBy: ["one-active-response", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    client.mustSend("response.create", { response: { conversation: "none" } }),
    server.startsResponse(verdict, { for: "verdict" }),
    server.streams(verdict),
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    server.finishes(verdict),
    user.says("typed"),
    server.streams(spoken),
    server.finishes(spoken),

    user.mustHear(spoken),
  ],
})
