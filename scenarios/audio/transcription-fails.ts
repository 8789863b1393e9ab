// The user's words could not be written down. They were heard all the same, and the answer comes.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/transcription-fails",
  title: "A failed transcription does not fail the turn",
  cites: ["conversation.item.input_audio_transcription.failed"],
  grade: "observed",
  source: "Azure cassette transcription_requires_deployment; PROTOCOL.md T03",
  situations: ["T03"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsTurn(),
    server.transcribes("failed"),
    server.replies(answer, { for: null }),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
