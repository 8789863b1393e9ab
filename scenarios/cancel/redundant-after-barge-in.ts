// The user speaks over the assistant: the server has cancelled by itself when the client reacts. The client's own
// cancel then hits nothing, and that is all right.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const answer = response("answer")

export default scenario({
  id: "cancel/redundant-after-barge-in",
  title: "A cancel after the server's own interruption is harmless",
  cites: ["input_audio_buffer.speech_started", "response.cancel", "error"],
  grade: "observed",
  source: "openai-agents-js PR #220; PROTOCOL.md K04",
  situations: ["K04"],
  needs: ["text-turn", "cancel", "server-turns"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    user.says("story"),
    server.startsResponse(story, { for: "story" }),
    server.streamsAudio(story, { ms: 300 }),
    network.holds(),
    server.hearsSpeech("starts"),
    user.cancels(),
    network.releases(),
    server.hearsSpeech("stops"),
    server.hearsSpeech("commits"),
    server.replies(answer, { for: null }),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
