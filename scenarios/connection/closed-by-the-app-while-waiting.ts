// The user hangs up while a reply is awaited. Whoever awaits it is let go.
import { client, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/closed-by-the-app-while-waiting",
  title: "close() settles what is pending",
  cites: ["response.create"],
  grade: "observed",
  source: "LiveKit agents-js close() and its pending futures; PROTOCOL.md C14",
  situations: ["C14"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "close-is-clean"],
  ends: "unusable",

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    user.closes(),
    time.passes({ untilSettled: "greeting", withinMs: 5_000 }),

    user.mustSettle("greeting"),
  ],
})
