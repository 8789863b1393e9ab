// "Stop." A pause. "What about the weather?" The end of the cancelled response is response.done and nothing else; a guard that
// waits for a response.cancelled keeps every later question back.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const answer = response("answer")

export default scenario({
  id: "cancel/next-question-after-a-cancel",
  title: "After a cancel the next question is asked and answered",
  cites: ["response.cancel", "response.done", "response.create"],
  grade: "documented",
  source: "ResponseCancelEvent; no response.cancelled in 29 recordings; PROTOCOL.md B.3, K01, K13",
  situations: ["K01", "K13"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["one-active-response", "no-late-output", "next-turn-works"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    user.cancels(),
    client.mustSend("response.cancel"),

    user.says("weather"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "weather" }),
    user.mustHear(answer),
  ],
})
