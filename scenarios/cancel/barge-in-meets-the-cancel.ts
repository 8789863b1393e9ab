// The user says "stop" and presses it. The server ends the response for the speech, not for the cancel.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const answer = response("answer")

export default scenario({
  id: "cancel/barge-in-meets-the-cancel",
  title: "A response that is cancelled twice over, by speech and by the app, ends once",
  cites: ["input_audio_buffer.speech_started", "response.cancel", "response.done"],
  grade: "observed",
  source: "openai-agents-js PR#220; PROTOCOL.md K04",
  situations: ["K04"],
  needs: ["text-turn", "cancel", "server-turns"],
  judgedBy: ["no-late-output", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    user.says("story"),
    server.startsResponse(story, { for: "story" }),
    server.streams(story),
    server.cancelsLate(),
    user.cancels(),
    client.mustSend("response.cancel"),
    server.hearsTurn(),
    server.replies(answer, { for: null }),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
