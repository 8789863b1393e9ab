// Words and sound of one reply share the wire, and nothing says which comes first. A player that waits for the one to hand
// out the other stutters, or drops the rest.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/sound-runs-ahead",
  title: "Audio that runs ahead of its transcript is delivered whole",
  cites: ["response.output_audio.delta", "response.output_audio_transcript.delta"],
  grade: "observed",
  source: "all recorded OpenAI audio turns; PROTOCOL.md B.1 rule 4, S02",
  situations: ["S02"],
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response", "next-turn-works"],
  output: "audio",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streamsSound(reply, 3),
    server.streamsTranscript(reply),
    server.streamsSound(reply),
    user.mustHear(reply),
    user.says("afterthought"),
    server.streamsTranscript(reply),
    server.finishes(reply),
    user.mustNotSeeError(),
  ],
})
