// An error whose code and param are null is still an error. A strict schema drops the frame, and the request waits for ever.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "responses-ws/error-without-code",
  protocol: "responses",
  title: "An error with a null code and a null param ends its request",
  cites: ["error"],
  grade: "observed",
  source: "types of openai 7.55; agents-js 8c88e3b3a rejects the frame; openclaw#122727; PROTOCOL.md C.4, W04",
  situations: ["W04"],
  needs: ["text-turn", "reply-stream"],
  judgedBy: ["settles-when-answered", "terminal-set-is-complete", "errors-surface"],

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    server.errors({ for: "story", code: null, message: "Something was wrong with your request." }),

    user.mustSettle("story", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
