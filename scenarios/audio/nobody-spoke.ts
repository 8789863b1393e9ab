// Nobody says a word, and the server begins by itself: "Are you still there?" A user item of silence comes first.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/nobody-spoke",
  title: "A turn that begins with an idle time-out is accepted and heard",
  cites: ["input_audio_buffer.timeout_triggered", "input_audio_buffer.committed", "response.created"],
  grade: "documented",
  source: "idle_timeout_ms of server_vad; PROTOCOL.md B.2, V04",
  situations: ["V04"],
  needs: ["text-turn", "server-turns"],
  judgedBy: ["output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    client.mustNotSend("response.create"),
    server.hearsNothing(),
    server.replies(answer, { for: null }),

    user.mustHear(answer),
    user.mustNotSeeError(),
  ],
})
