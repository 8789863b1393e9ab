// The refusal says "wait until the response is finished", and that response has finished already. Who now waits for its
// response.done waits for ever.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const spoken = response("spoken")

export default scenario({
  id: "error/complaint-after-the-end",
  title: "An active-response error that arrives after that response's done does not hang the request",
  cites: ["response.done", "error"],
  grade: "observed",
  source: "review of hashintel/hash#9399; PROTOCOL.md C06",
  situations: ["C06"],
  needs: ["text-turn", "reply-future", "server-turns"],
  judgedBy: ["futures-settle-once", "next-turn-works"],
  server: { turnDetection: "server_vad", echoEventId: true },

  story: [
    user.says("typed"),
    client.mustSend("response.create"),
    server.hearsTurn(),
    server.replies(spoken, { for: null }),
    server.errors({ for: "typed", code: "conversation_already_has_active_response" }),
    user.mustHear(spoken),

    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
