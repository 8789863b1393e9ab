// A response may fail before it has said a word. There is no item to hang the failure on, only response.done.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/failed-before-any-output",
  title: "A response that fails without output ends its turn",
  cites: ["response.created", "response.done"],
  grade: "observed",
  source: "log in twilio node#37; PROTOCOL.md S04",
  situations: ["S04", "K12"],
  needs: ["text-turn"],
  judgedBy: ["errors-surface", "one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    server.startsResponse(reply, { for: "question" }),
    server.fails(reply, { type: "server_error", code: "server_error", message: "The server had an error." }),
    user.mustSeeError(),

    user.says("question-again"),
    client.mustSend("response.create"),
  ],
})
