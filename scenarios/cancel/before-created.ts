// The user changes their mind before the answer has begun. The server does not know of a response yet and ignores the
// cancel; unless the client remembers, the unwanted answer is played after all.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const unwanted = response("unwanted")

export default scenario({
  id: "cancel/before-created",
  title: "A request cancelled before response.created is not played when it comes",
  cites: ["response.create", "response.cancel", "response.created"],
  grade: "observed",
  source: "livekit/agents#6244; PROTOCOL.md C12",
  situations: ["C12"],
  needs: ["text-turn", "cancel", "cancel-request"],
  judgedBy: ["no-late-output", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    user.cancels("question"),
    server.startsResponse(unwanted, { for: "question" }),
    server.streams(unwanted),

    client.shouldSend("response.cancel", { response_id: unwanted.id }),
    user.mustNotHear(unwanted),
  ],
})
