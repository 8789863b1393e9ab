// The user lets go of the button while the assistant still speaks. The audio may be committed; the create must wait.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "audio/committed-during-a-reply",
  title: "Committing audio during a response sends no second create",
  cites: ["input_audio_buffer.commit", "response.create"],
  grade: "observed",
  source: "langwatch/scenario#662, PR #669; PROTOCOL.md C09",
  situations: ["C09"],
  needs: ["text-turn", "audio-input", "audio-commit"],
  judgedBy: ["one-active-response"],
  server: { turnDetection: "none" },

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.speaks(300),
    user.commits("question"),
    server.finishes(reply),
    user.mustHear(reply),
  ],
})
