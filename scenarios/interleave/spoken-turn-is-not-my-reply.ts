// The server answers the user's speech first and the app's request afterwards. The first response carries no metadata:
// it is nobody's, and must not be handed to the one who asked. (How a client tells them apart is its own affair; metadata of its
// own, which the server echoes, is how it can.)
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")
const mine = response("mine")

export default scenario({
  id: "interleave/spoken-turn-is-not-my-reply",
  title: "A server-made response does not settle a waiting request",
  cites: ["response.created", "response.done"],
  grade: "observed",
  source: "LiveKit's _handle_response_created; PROTOCOL.md C05",
  situations: ["C05"],
  needs: ["text-turn", "reply-future", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "futures-settle-once"],
  server: { turnDetection: "server_vad" },

  story: [
    user.says("typed"),
    client.mustSend("response.create"),
    server.hearsTurn(),
    server.replies(spoken, { for: null }),
    user.mustBePending("typed"),

    server.replies(mine, { for: "typed" }),
    user.mustSettle("typed", { as: "resolved" }),
    user.mustHear(spoken),
    user.mustHear(mine),
  ],
})
