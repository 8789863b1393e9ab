// The line breaks while nobody speaks. A client that promises to connect again does so, and the next question is asked
// on the new connection.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "connection/reconnects-after-a-drop",
  title: "A connection lost while idle is replaced by one other",
  cites: ["session.created"],
  grade: "observed",
  source: "livekit/agents#6335: TCP dropped without a close frame; PROTOCOL.md B.6, M03",
  situations: ["M03"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["reconnect-is-bounded", "next-turn-works"],

  story: [
    network.drops(),
    time.passes({ untilConnected: true }),
    client.mustHaveConnected(2),
    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
