// Not every gateway tells an HTTP status beside the error.
import { scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "responses-ws/error-without-status",
  protocol: "responses",
  title: "An error without a status ends its request",
  cites: ["error"],
  grade: "observed",
  source: "Codex tolerates it; PROTOCOL.md C.4 form 1, W04",
  situations: ["W04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["settles-when-answered", "terminal-set-is-complete"],

  story: [
    user.says("story"),
    server.errors({ for: "story", code: "invalid_prompt", shape: "wrapped-without-status" }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
