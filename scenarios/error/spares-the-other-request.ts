// Two requests wait, one is refused. The other is still on its way, and its caller must not be told otherwise.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const summary = response("summary")

export default scenario({
  id: "error/spares-the-other-request",
  title: "An error settles the request that it names and no other",
  cites: ["error", "response.create"],
  grade: "documented",
  source: "RealtimeErrorEvent event_id; PROTOCOL.md C01",
  situations: ["C01"],
  needs: ["request-reply", "out-of-band", "reply-future"],
  judgedBy: ["settles-when-answered", "output-belongs-to-its-request"],
  server: { echoEventId: true },

  story: [
    user.requestsReply("title", { instructions: "title", outOfBand: true }),
    user.requestsReply("summary", { instructions: "summary", outOfBand: true }),
    server.errors({ for: "title", code: "invalid_value" }),
    user.mustSettle("title", { as: "rejected" }),
    user.mustBePending("summary"),

    server.replies(summary, { for: "summary" }),
    user.mustSettle("summary", { as: "resolved" }),
  ],
})
