// The line breaks between question and answer, and is there again. The guard that waited for the answer must not outlive the
// connection that owed it.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "connection/reconnects-with-a-request-waiting",
  title: "After a loss with a create unanswered the next turn is asked on the new connection",
  cites: ["response.create", "session.created"],
  grade: "observed",
  source: "langwatch/scenario#669; PROTOCOL.md C14, N09",
  situations: ["C14", "N09"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["one-active-response", "next-turn-works", "reconnect-is-bounded"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    network.drops(),
    time.passes({ untilConnected: true }),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
