// The refusal arrives after the client gave up. It has been told already; the second time must not surprise anybody.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "timeout/late-error",
  title: "An error for a request that timed out changes nothing",
  cites: ["error", "response.create"],
  grade: "plausible",
  source: "PROTOCOL.md C07, C13 with an error in place of response.created",
  situations: ["C13"],
  needs: ["text-turn", "reply-future", "request-timeout"],
  judgedBy: ["futures-settle-once", "no-crash", "next-turn-works"],

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    time.passes({ untilSettled: "greeting" }),
    server.errors({ for: "greeting", code: "server_error", type: "server_error" }),

    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
