// "Try again later", says the server. Later, not at once and not never.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "connection/closed-1013-is-recovered",
  title: "After a close with 1013 the client connects again and the next turn is answered",
  cites: ["session.created"],
  grade: "observed",
  source: "isRecoverableClose of openai 7.55 internal/ws.js; PROTOCOL.md M03",
  situations: ["M03"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["reconnect-is-bounded", "next-turn-works"],

  story: [
    network.closes(1013, "try again later"),
    time.passes({ untilConnected: true }),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
