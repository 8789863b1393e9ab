// An app changes the instructions while the assistant speaks. The reply that is under way is not the update's business.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "session/update-during-a-reply",
  title: "A session.update during a response leaves that response alone",
  cites: ["session.update", "response.done"],
  grade: "documented",
  source: "SessionUpdateEvent, PROTOCOL.md A.3",
  needs: ["text-turn", "session-update"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.updates("tone", "Be brief."),
    client.mustSend("session.update"),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustNotSeeError(),
  ],
})
