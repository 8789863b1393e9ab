// The recorded form: numbered like every event of the response, and wrapped. Sometimes it is the last word.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const broken = response("broken")

export default scenario({
  id: "responses-ws/error-nested-mid-stream",
  protocol: "responses",
  title: "A nested error without a response.failed behind it ends its stream",
  cites: ["error"],
  grade: "observed",
  source: "vercel/ai fixture openai-error.1.chunks; PROTOCOL.md C.4 form 3, W04",
  situations: ["W04", "W05"],
  needs: ["text-turn", "text-output", "reply-stream"],
  judgedBy: ["settles-when-answered", "terminal-set-is-complete"],

  story: [
    user.says("story"),
    server.startsResponse(broken, { for: "story" }),
    server.errors({ ends: broken, code: null, shape: "nested" }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
