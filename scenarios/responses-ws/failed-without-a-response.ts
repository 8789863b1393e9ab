// The refusal comes as an error, and then once more as the failure of a response that never was. By then the next question
// is on the wire.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const failed = {
  id: "resp_refused",
  status: "failed",
  error: { code: "invalid_prompt", message: "Refused." },
  output: [],
}
const secondWord = { type: "response.failed", sequence_number: 1, response: failed }

export default scenario({
  id: "responses-ws/failed-without-a-response",
  protocol: "responses",
  title: "A response.failed that follows an error is not the end of the next request",
  cites: ["error", "response.failed"],
  grade: "observed",
  source: "Open Responses specification: error is followed by response.failed; PROTOCOL.md C.4, W05",
  situations: ["W05"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["attribution", "futures-settle-once"],

  story: [
    user.says("story"),
    server.errors({ for: "story", code: "invalid_prompt" }),
    user.says("joke"),
    server.sends(secondWord, { connection: 1 }),
    user.mustBePending("joke", "stream"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
