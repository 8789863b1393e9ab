// Two background requests, answered in the other order than asked. The one who asked for the title must not be given
// the summary.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const title = response("title")
const summary = response("summary")

export default scenario({
  id: "interleave/two-out-of-band-in-reverse",
  title: "Out-of-band responses that end in reverse order settle their own requests",
  cites: ["response.create", "response.created", "response.done"],
  grade: "documented",
  source: "metadata tells parallel responses apart, realtime-conversations guide; PROTOCOL.md B.2, C10",
  situations: ["C10", "C11"],
  needs: ["request-reply", "out-of-band", "reply-future"],
  judgedBy: ["output-belongs-to-its-request", "futures-settle-once"],

  story: [
    user.requestsReply("title", { instructions: "title", outOfBand: true }),
    user.requestsReply("summary", { instructions: "summary", outOfBand: true }),
    server.startsResponse(summary, { for: "summary" }),
    server.startsResponse(title, { for: "title" }),
    server.streams(title),
    server.streams(summary),
    server.finishes(summary),
    server.finishes(title),

    user.mustSettle("title", { as: "resolved" }),
    user.mustSettle("summary", { as: "resolved" }),
  ],
})
