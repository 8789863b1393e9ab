// Both sides noticed that the user stopped. The second commit finds an empty buffer, which is worth an error and nothing
// more: the answer is on its way.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "audio/commit-after-the-server-committed",
  title: "A commit of an empty buffer does not disturb the spoken turn",
  cites: ["input_audio_buffer.commit", "error"],
  grade: "observed",
  source: "hyprwhspr#63, openai-agents-js#748; PROTOCOL.md V03",
  situations: ["V03"],
  needs: ["text-turn", "audio-input", "audio-commit", "server-turns"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  server: { turnDetection: "server_vad" },

  story: [
    server.hearsSpeech("starts"),
    user.speaks(300),
    network.holds(),
    server.hearsSpeech("stops"),
    server.hearsSpeech("commits"),
    server.startsResponse(answer, { for: null }),
    user.commits("question"),
    network.releases(),
    server.streams(answer),
    server.finishes(answer),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
