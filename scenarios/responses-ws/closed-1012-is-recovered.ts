// The server restarts between two questions, and says so.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/closed-1012-is-recovered",
  protocol: "responses",
  title: "After a close with 1012 the next request is answered on a new connection",
  cites: ["response.create"],
  grade: "documented",
  source: "isRecoverableClose of openai 7.55; PROTOCOL.md C.6, M03",
  situations: ["M03"],
  needs: ["text-turn", "text-output", "reply-stream", "reconnect"],
  judgedBy: ["next-turn-works", "no-crash"],

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    network.closes(1012),
    time.passes({ ms: 10_000 }),
    user.says("age"),
    time.passes({ ms: 10_000 }),
    client.mustHaveConnected(2),
    server.replies(second, { for: "age" }),

    user.mustHear(second),
  ],
})
