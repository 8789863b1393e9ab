// What was committed during a reply is answered after it, and is not forgotten.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const answer = response("answer")

export default scenario({
  id: "audio/committed-turn-waits-its-turn",
  title: "The create of audio committed during a response is sent after that response's end",
  cites: ["input_audio_buffer.commit", "response.create", "response.done"],
  grade: "observed",
  source: "langwatch/scenario#669; PROTOCOL.md C09",
  situations: ["C09"],
  needs: ["text-turn", "audio-input", "audio-commit", "request-queue"],
  judgedBy: ["one-active-response", "nothing-lost"],
  server: { turnDetection: "none" },

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.speaks(300),
    user.commits("question"),
    client.mustSend("input_audio_buffer.commit"),
    client.mustHaveSent(1, "response.create"),
    server.finishes(reply),
    client.mustSend("response.create"),
    server.replies(answer, { for: "question" }),

    user.mustHear(answer),
    client.mustHaveSent(2, "response.create"),
  ],
})
