// A refusal that is told twice, on a lane where the next question waits already.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const broken = response("broken")
const reply = response("reply")

export default scenario({
  id: "responses-ws/lane-refuses-and-fails",
  protocol: "responses",
  title: "An error and its response.failed are one failure, also where another request waits on the lane",
  cites: ["error", "response.failed"],
  grade: "observed",
  source: "Open Responses specification; PROTOCOL.md C.4, W05",
  situations: ["W05", "W08"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["attribution"],

  story: [
    user.saysOn("side", "story"),
    user.saysOn("side", "joke"),
    server.startsResponse(broken, { for: "story" }),
    server.fails(broken, { code: "invalid_prompt", message: "Your prompt was refused.", errorFirst: "nested" }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustBePending("joke", "stream"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
