// An app that awaits its reply goes on as soon as the reply is there, not when some timer looks again.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/text-turn-settles",
  title: "The future of an answered request resolves with its own response",
  cites: ["response.create", "response.created"],
  grade: "documented",
  source: "PROTOCOL.md B.1",
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    user.mustBePending("greeting"),
    server.replies(reply, { for: "greeting" }),

    user.mustSettle("greeting", { as: "resolved" }),
    user.mustHear(reply),
  ],
})
