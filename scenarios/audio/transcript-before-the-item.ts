// Live transcription runs ahead: words arrive while the user still speaks, for an item that is not there yet.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/transcript-before-the-item",
  title: "Transcript deltas of an item that is not yet in the conversation are accepted",
  cites: ["conversation.item.input_audio_transcription.delta"],
  grade: "observed",
  source: "3 of 4 turns recorded with gpt-realtime-whisper; PROTOCOL.md T01",
  situations: ["T01"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsSpeech("starts"),
    server.transcribes("delta"),
    server.hearsSpeech("stops"),
    server.transcribes("delta"),
    server.hearsSpeech("commits"),
    server.replies(answer, { for: null }),
    server.transcribes("completed"),

    user.mustHear(answer),
  ],
})
