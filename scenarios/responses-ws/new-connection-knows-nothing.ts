// The line broke between two questions. What the old connection remembered is gone with it.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "responses-ws/new-connection-knows-nothing",
  protocol: "responses",
  title: "On a new connection the conversation is told in full",
  cites: ["response.create"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.3, W03",
  situations: ["W03", "M01"],
  needs: ["text-turn", "text-output", "reply-stream", "conversation", "reconnect"],
  judgedBy: ["futures-settle-once", "next-turn-works"],
  server: { stored: false },

  story: [
    user.says("name"),
    server.replies(first, { for: "name" }),
    server.forgets(first),
    network.drops(),
    time.passes({ ms: 10_000 }),
    user.says("age"),
    time.passes({ ms: 10_000 }),
    client.mustHaveConnected(2),
    server.replies(second, { for: "age" }),

    user.mustHear(second),
    user.mustSettle("age", { kind: "stream", as: "resolved" }),
  ],
})
