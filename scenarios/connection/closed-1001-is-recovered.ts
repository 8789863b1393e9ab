// The server goes away, as it does at every deployment. The call goes on over a new connection.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "connection/closed-1001-is-recovered",
  title: "After a close with 1001 the client connects again, once, and the next turn is answered",
  cites: ["session.created"],
  grade: "observed",
  source: "isRecoverableClose of openai 7.55 internal/ws.js; PROTOCOL.md M03",
  situations: ["M03"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["reconnect-is-bounded", "next-turn-works"],

  story: [
    network.closes(1001, "going away"),
    time.passes({ untilConnected: true }),
    client.mustHaveConnected(2),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
