// The user speaks, the assistant begins, the user speaks again. The first answer is cut by the server before a word of
// it came; the second is heard, and the client starts nothing by itself.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const cut = response("cut")
const answer = response("answer")

export default scenario({
  id: "interleave/spoken-turns-barge-in",
  title: "A spoken turn interrupted by the next leaves one answer, and no create of the client's",
  cites: ["input_audio_buffer.speech_started", "response.done"],
  grade: "observed",
  source: "openai-agents-js#106; PROTOCOL.md V06",
  situations: ["V06", "V01"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    client.mustNotSend("response.create"),
    server.hearsTurn(),
    server.startsResponse(cut, { for: null }),
    server.hearsTurn(),
    server.replies(answer, { for: null }),

    user.mustHear(answer),
    user.mustNotHear(cut),
    user.mustNotSeeError(),
  ],
})
