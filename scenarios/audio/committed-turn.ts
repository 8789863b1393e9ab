// Push to talk: the app says when the user has finished, and asks for the answer itself.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/committed-turn",
  title: "A turn committed by the app is followed by one create, and answered",
  cites: ["input_audio_buffer.commit", "response.create"],
  grade: "documented",
  source: "realtime-conversations guide, push to talk; PROTOCOL.md B.5",
  needs: ["audio-input", "audio-commit"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response"],
  server: { turnDetection: "none" },

  story: [
    user.speaks(300),
    client.mustSend("input_audio_buffer.append"),
    user.commits("question"),
    client.mustSend("input_audio_buffer.commit"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "question" }),

    user.mustHear(answer),
    client.mustHaveSent(1, "response.create"),
  ],
})
