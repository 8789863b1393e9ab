// What the user said is written down later than the assistant's answer to it. Late is not wrong.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/transcript-after-the-reply",
  title: "A transcript that comes after response.done is accepted, in pieces and whole",
  cites: ["conversation.item.input_audio_transcription.completed"],
  grade: "documented",
  source: "InputAudioTranscriptionCompletedEvent; livekit agents-js#2165; PROTOCOL.md T02",
  situations: ["T02"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsTurn(),
    server.replies(answer, { for: null }),
    server.transcribes("delta"),
    server.transcribes("completed"),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
