// The server dies of an internal error and says so.
import { client, network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/closed-1011-before-created",
  title: "A close with 1011 settles the waiting request",
  cites: ["response.create"],
  grade: "observed",
  source: "isRecoverableClose of openai 7.55 internal/ws.js; PROTOCOL.md M03",
  situations: ["M03", "C14"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "no-crash"],
  ends: "unusable",

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    network.closes(1011, "internal error"),
    time.passes({ untilSettled: "greeting", withinMs: 5_000 }),

    user.mustSettle("greeting"),
  ],
})
