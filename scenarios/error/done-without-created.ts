// The end of a response that nobody announced, while another request waits: it is not the end of that request.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/done-without-created",
  title: "response.done of an unknown response settles nothing else",
  cites: ["response.done", "response.created"],
  grade: "plausible",
  source: "comment at LiveKit's _handle_response_done; PROTOCOL.md S05",
  situations: ["S05"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "no-crash"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.sends({
      type: "response.done",
      response: { object: "realtime.response", id: "resp_stranger", status: "cancelled", output: [], metadata: null },
    }),
    user.mustBePending("greeting"),

    server.replies(reply, { for: "greeting" }),
    user.mustSettle("greeting", { as: "resolved" }),
    user.mustHear(reply),
  ],
})
