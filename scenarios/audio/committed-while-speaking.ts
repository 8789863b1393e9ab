// The user lets go of the button in the middle of a word. The server then never says that the speech stopped, and a
// client that waits for it leaves them without an answer.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/committed-while-speaking",
  title: "A commit during speech needs no speech_stopped",
  cites: ["input_audio_buffer.commit", "input_audio_buffer.speech_started", "input_audio_buffer.committed"],
  grade: "documented",
  source: "InputAudioBufferSpeechStartedEvent; PROTOCOL.md V02",
  situations: ["V02"],
  needs: ["audio-input", "audio-commit", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsSpeech("starts"),
    user.speaks(300),
    user.commits("question"),
    client.mustSend("input_audio_buffer.commit"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "question" }),

    user.mustHear(answer),
  ],
})
