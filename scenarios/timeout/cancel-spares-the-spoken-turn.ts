// A typed request times out while the server answers what the user said aloud. A cancel without an id would cut off
// that answer, in the middle of a word, for no reason that the user could see.
import { absent, client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const spoken = response("spoken")
const late = response("late")

export default scenario({
  id: "timeout/cancel-spares-the-spoken-turn",
  title: "Giving up on a request does not cancel an unrelated response",
  cites: ["response.cancel"],
  grade: "observed",
  source: "review of livekit/agents PR #6238; PROTOCOL.md C08",
  situations: ["C08"],
  needs: ["text-turn", "reply-future", "request-timeout", "server-turns"],
  judgedBy: ["cancel-hits-its-own-response", "futures-settle-once"],
  server: { turnDetection: "server_vad" },

  story: [
    user.says("typed"),
    client.mustSend("response.create"),
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    client.mustNotSend("response.cancel", { response_id: absent }),
    client.mustNotSend("response.cancel", { response_id: spoken.id }),

    time.passes({ untilSettled: "typed" }),
    server.streams(spoken),
    server.finishes(spoken),
    server.startsResponse(late, { for: "typed" }),
    server.streams(late),

    user.mustHear(spoken),
    user.mustNotHear(late),
  ],
})
