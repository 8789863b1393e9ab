// Two questions on one lane, the second asked before the first is answered: the server answers them in turn.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/one-lane-in-order",
  protocol: "responses",
  title: "Of two requests on one lane, each is given its own answer and its own end",
  cites: ["response.create", "response.completed"],
  grade: "documented",
  source: "websocket-mode guide; pipecat responses/llm.py; PROTOCOL.md C.2, W08",
  situations: ["W08"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["attribution", "output-belongs-to-its-request"],

  story: [
    user.saysOn("side", "story"),
    user.saysOn("side", "joke"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    server.finishes(story),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustBePending("joke", "stream"),
    server.replies(joke, { for: "joke" }),

    user.mustHear(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
