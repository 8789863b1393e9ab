// Most errors are about something else and the session goes on. A client that stops reading at the first one leaves the
// user in the middle of a sentence.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/unrelated-error-mid-stream",
  title: "An error event during a response does not end that response",
  cites: ["error", "response.done"],
  grade: "documented",
  source: "RealtimeErrorEvent: most errors are recoverable; pipecat#3677; PROTOCOL.md E01",
  situations: ["E01"],
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.errors({ code: "item_truncate_invalid_item_id" }),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    client.mustHaveConnected(1),
  ],
})
