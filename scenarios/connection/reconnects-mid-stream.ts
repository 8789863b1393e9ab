// The line breaks in the middle of a reply, and is there again. No response.done will come for that reply, and none must be
// waited for.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const cut = response("cut")
const answer = response("answer")

export default scenario({
  id: "connection/reconnects-mid-stream",
  title: "After a loss in the middle of a response the next turn is asked on the new connection",
  cites: ["response.create", "response.done", "session.created"],
  grade: "observed",
  source: "langwatch/scenario#669, openai/codex#20739; PROTOCOL.md M01, N09",
  situations: ["M01", "N09"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["one-active-response", "next-turn-works", "reconnect-is-bounded"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.startsResponse(cut, { for: "question" }),
    server.streams(cut),
    network.drops(),
    time.passes({ untilConnected: true }),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
