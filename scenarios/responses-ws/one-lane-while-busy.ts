// The next question comes while the answer to the first is still being given, on the same lane.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/one-lane-while-busy",
  protocol: "responses",
  title: "A request on a busy lane is answered after the one before it",
  cites: ["response.create"],
  grade: "documented",
  source: "websocket-mode guide: a lane is first in, first out; PROTOCOL.md C.2, W08",
  situations: ["W08"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["output-belongs-to-its-request", "attribution"],

  story: [
    user.saysOn("side", "story"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story, 1),
    user.saysOn("side", "joke"),
    server.streams(story, 1),
    server.finishes(story),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustBePending("joke", "stream"),
    server.replies(joke, { for: "joke" }),

    user.mustHear(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
