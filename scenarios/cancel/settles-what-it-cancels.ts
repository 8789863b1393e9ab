// Who awaits a request that they themselves cancelled must not wait for ever.
import { client, scenario, user } from "../../harness/script/index.ts"

export default scenario({
  id: "cancel/settles-what-it-cancels",
  title: "The future of a cancelled request settles",
  cites: ["response.cancel"],
  grade: "observed",
  source: "livekit/agents#6244; PROTOCOL.md C12",
  situations: ["C12"],
  needs: ["text-turn", "reply-future", "cancel-request"],
  judgedBy: ["futures-settle-once", "next-turn-works"],

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    user.cancels("question"),
    user.mustSettle("question"),
  ],
})
