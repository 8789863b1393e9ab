// The server prepares the answer before the question is asked.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const prepared = response("prepared")
const reply = response("reply")

export default scenario({
  id: "responses-ws/warm-up-is-continued",
  protocol: "responses",
  title: "A request continues from the warm-up before it, and tells only what is new",
  cites: ["response.create"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.1",
  situations: ["W01"],
  needs: ["text-turn", "text-output", "reply-stream", "warm-up", "conversation"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.warmsUp("ahead"),
    client.mustSend("response.create", { generate: false }),
    server.warmsUp(prepared, { for: "ahead" }),
    user.says("name"),
    client.mustSend("response.create", { previous_response_id: prepared.id }),
    server.replies(reply, { for: "name" }),

    user.mustHear(reply),
    user.mustSettle("name", { kind: "stream", as: "resolved" }),
  ],
})
