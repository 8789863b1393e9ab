// The answer to what the user said aloud fails. No request of the app's carries it, and yet the user hears half a sentence.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "error/spoken-turn-fails",
  title: "The failure of a server-made response is shown, and frees the conversation",
  cites: ["response.done"],
  grade: "documented",
  source: "RealtimeResponseStatus; PROTOCOL.md K12, V01",
  situations: ["K12"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["errors-surface", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    server.fails(spoken),
    user.mustSeeError(),

    user.says("question"),
    client.mustSend("response.create"),
  ],
})
