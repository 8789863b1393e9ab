// The user speaks, the server hears where they stop and answers. The client asks for nothing: a create of its own would
// be refused.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/spoken-turn",
  title: "A spoken turn is answered without a create of the client's",
  cites: ["input_audio_buffer.append", "input_audio_buffer.committed", "response.created"],
  grade: "observed",
  source: "4 of 4 recorded turns; PROTOCOL.md V01, T04",
  situations: ["V01", "T04"],
  needs: ["text-turn", "audio-input", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },
  output: "audio",

  story: [
    client.mustNotSend("response.create"),
    server.hearsSpeech("starts"),
    user.speaks(300),
    client.mustSend("input_audio_buffer.append"),
    server.hearsSpeech("stops"),
    server.hearsSpeech("commits"),
    server.startsResponse(answer, { for: null }),
    server.streamsAudio(answer, { ms: 200 }),
    server.finishes(answer),

    user.mustHear(answer),
  ],
})
