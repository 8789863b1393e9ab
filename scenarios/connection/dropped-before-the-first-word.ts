// The response has begun and the line breaks before a word of it. There is no output whose end could tell the app.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/dropped-before-the-first-word",
  title: "A connection lost between response.created and the first delta ends the response's stream",
  cites: ["response.created", "response.done"],
  grade: "observed",
  source: "openai/codex#20739, livekit agents-js before 1.5.3; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["streams-end", "errors-surface"],
  ends: "unusable",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    network.drops(),
    time.passes({ ms: 5_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
