// The plainest thing an app does: say something, hear the answer.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/text-turn",
  title: "A user text is sent, answered once, and heard",
  cites: ["conversation.item.create", "response.create", "response.done"],
  grade: "documented",
  source: "realtime-conversations guide; PROTOCOL.md B.1",
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response", "next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("conversation.item.create"),
    client.mustSend("response.create"),
    server.replies(reply, { for: "greeting" }),

    user.mustHear(reply),
    user.mustNotSeeError(),
    client.mustHaveSent(1, "response.create"),
  ],
})
