// Out of quota: the status is called status_code, and there are headers. It is an error like any other.
import { scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "responses-ws/error-with-headers",
  protocol: "responses",
  title: "An error with status_code and headers ends its request",
  cites: ["error"],
  grade: "observed",
  source: "Codex responses_websocket.rs; PROTOCOL.md C.4 form 4, W04",
  situations: ["W04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["settles-when-answered", "terminal-set-is-complete"],

  story: [
    user.says("story"),
    server.errors({
      for: "story",
      code: "insufficient_quota",
      type: "insufficient_quota",
      status: 429,
      statusField: "status_code",
      headers: { "x-request-id": "req_1" },
    }),
    time.passes({ ms: 30_000 }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
