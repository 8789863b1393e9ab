// The reply breaks off in the middle of a sentence. The app must learn that this was a failure and not the end.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/mid-flight-failure-is-seen",
  title: "response.done with status failed is shown to the app",
  cites: ["response.done"],
  grade: "documented",
  source: "RealtimeResponseStatus; openai-realtime-api-beta#116; PROTOCOL.md K12",
  situations: ["K12"],
  needs: ["text-turn"],
  judgedBy: ["errors-surface", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.mustHear(reply),
    server.fails(reply),

    user.mustSeeError(),
  ],
})
