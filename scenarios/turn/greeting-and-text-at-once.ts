// The app has the assistant greet the caller, and the caller speaks first: two calls in two places of the code, and one
// conversation.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const greeting = response("greeting")

export default scenario({
  id: "turn/greeting-and-text-at-once",
  title: "A text during the unanswered first response sends no second create",
  cites: ["response.create"],
  grade: "observed",
  source: "langwatch/scenario#662: initial response beside a user text; PROTOCOL.md B.2, C09",
  situations: ["C09"],
  needs: ["text-turn", "request-reply"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.requestsReply("greeting"),
    client.mustSend("response.create"),
    user.says("question"),
    server.startsResponse(greeting, { for: "greeting" }),
    server.streams(greeting),
    server.finishes(greeting),
    user.mustHear(greeting),
  ],
})
