// Two questions on one lane: the server answers them in turn, and an end that is told twice shifts every later answer.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/one-lane-in-order",
  protocol: "responses",
  title: "Of two requests on one lane, a repeated terminal ends only the first",
  cites: ["response.create", "response.completed"],
  grade: "documented",
  source: "websocket-mode guide; pipecat responses/llm.py; PROTOCOL.md C.2, W08, M09",
  situations: ["W08", "M09"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["attribution", "output-belongs-to-its-request"],

  story: [
    user.saysOn("side", "story"),
    user.saysOn("side", "joke"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    server.finishes(story),
    server.repeats("response.completed"),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustBePending("joke", "stream"),
    server.replies(joke, { for: "joke" }),

    user.mustHear(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
