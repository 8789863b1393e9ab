// A failure may be told twice, as an error and as response.failed. It is one failure. How
// the app learns of it is the client's affair: a rejected future, or an error event beside a stream that ends.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const broken = response("broken")
const reply = response("reply")

export default scenario({
  id: "responses-ws/error-before-failed",
  protocol: "responses",
  title: "An error followed by response.failed fails one request, and not the one that waits behind it",
  cites: ["error", "response.failed"],
  grade: "observed",
  source: "vercel/ai fixture openai-error.1.chunks; Open Responses specification; PROTOCOL.md C.4, W05",
  situations: ["W05"],
  needs: ["text-turn", "text-output", "reply-stream", "concurrent"],
  judgedBy: ["futures-settle-once", "terminal-set-is-complete", "errors-surface"],
  server: { profile: "single" },

  story: [
    user.says("story"),
    user.says("joke"),
    server.startsResponse(broken, { for: "story" }),
    server.fails(broken, { code: "invalid_prompt", message: "Your prompt was refused.", errorFirst: "nested" }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
    user.mustBePending("joke", "stream"),
    server.replies(reply, { for: "joke" }),

    user.mustHear(reply),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
