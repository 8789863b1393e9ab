// The user types and then speaks, before the first answer has begun: the commit is a call site of its own.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")

export default scenario({
  id: "audio/committed-before-an-answer",
  title: "Committing audio while a create is unanswered sends no second create",
  cites: ["input_audio_buffer.commit", "response.create"],
  grade: "observed",
  source: "langwatch/scenario#662, PR #669; PROTOCOL.md B.2, C09",
  situations: ["C09"],
  needs: ["text-turn", "audio-input", "audio-commit"],
  judgedBy: ["one-active-response", "next-turn-works"],
  server: { turnDetection: "none" },

  story: [
    user.says("typed"),
    client.mustSend("response.create"),
    user.speaks(300),
    user.commits("spoken"),
    server.replies(first, { for: "typed" }),
    user.mustHear(first),
  ],
})
