// Two lanes speak at once on one connection. Only stream_id tells their deltas apart.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/lanes-interleave",
  protocol: "responses",
  title: "Answers on two lanes interleave, and each reaches its own request",
  cites: ["response.create", "response.output_text.delta"],
  grade: "documented",
  source: "openai-node#2314; websocket-mode guide; PROTOCOL.md C.2, W09",
  situations: ["W09"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["output-belongs-to-its-request", "attribution"],

  story: [
    user.saysOn("left", "story"),
    user.saysOn("right", "joke"),
    client.mustSend("response.create", { stream_id: "left" }),
    client.mustSend("response.create", { stream_id: "right" }),
    server.startsResponse(story, { for: "story" }),
    server.startsResponse(joke, { for: "joke" }),
    server.streams(joke, 1),
    server.streams(story, 1),
    server.streams(joke, 1),
    server.finishes(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
    user.mustBePending("story", "stream"),
    server.streams(story, 1),
    server.finishes(story),

    user.mustHear(story),
    user.mustHear(joke),
    user.mustSettle("story", { kind: "stream", as: "resolved" }),
  ],
})
