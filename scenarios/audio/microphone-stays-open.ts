// Microphones do not stop when the user does: audio goes on before, during and after the commit of a turn.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/microphone-stays-open",
  title: "Audio that goes on while the server commits a turn does not disturb that turn",
  cites: ["input_audio_buffer.append", "input_audio_buffer.committed"],
  grade: "documented",
  source: "realtime-vad guide; PROTOCOL.md B.5, V01",
  situations: ["V01"],
  needs: ["text-turn", "audio-input", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    client.mustNotSend("response.create"),
    user.speaks(100),
    server.hearsSpeech("starts"),
    user.speaks(300),
    server.hearsSpeech("stops"),
    user.speaks(100),
    server.hearsSpeech("commits"),
    user.speaks(100),
    server.startsResponse(answer, { for: null }),
    server.streams(answer),
    user.speaks(100),
    server.finishes(answer),

    user.mustHear(answer),
    client.mustHaveSentAudio({ ms: 700 }),
  ],
})
