// Apps call stop() to be sure, also when nobody speaks.
import { client, scenario, user } from "../../harness/script/index.ts"

export default scenario({
  id: "cancel/nothing-to-cancel",
  title: "A cancel while nothing is active is harmless",
  cites: ["response.cancel", "error"],
  grade: "documented",
  source: "ResponseCancelEvent: the session is unaffected; PROTOCOL.md B.3",
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    user.cancels(),
    user.cancels(),
    client.mustHaveConnected(1),
    user.says("greeting"),
    client.mustSend("response.create"),
  ],
})
