// Deltas carry no response id. Two questions at once must not mix their answers.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/two-requests-in-turn",
  protocol: "responses",
  title: "Of two requests made at once each gets its own answer",
  cites: ["response.create", "response.created", "response.output_text.delta"],
  grade: "documented",
  source: "WebSocket mode guide; pipecat responses/llm.py; PROTOCOL.md C.2, W08",
  situations: ["W08"],
  needs: ["text-turn", "text-output", "reply-stream", "concurrent"],
  judgedBy: ["attribution", "output-belongs-to-its-request"],
  server: { profile: "single" },

  story: [
    user.says("story"),
    user.says("joke"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    user.mustHear(story),
    server.finishes(story),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
    user.mustBePending("joke", "stream"),
    server.replies(joke, { for: "joke" }),

    user.mustHear(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
