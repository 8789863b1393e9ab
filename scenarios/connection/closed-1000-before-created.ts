// The server says goodbye politely while a request waits. Politeness answers nothing: the request has failed.
import { client, network, scenario, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "connection/closed-1000-before-created",
  title: "A close with 1000 settles the waiting request",
  cites: ["response.create"],
  grade: "observed",
  source: 'codex "closed by server before response.completed"; PROTOCOL.md M02, C14',
  situations: ["M02", "C14"],
  needs: ["text-turn", "reply-future"],
  judgedBy: ["futures-settle-once", "no-crash"],
  ends: "unusable",

  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    network.closes(1000),
    time.passes({ untilSettled: "greeting", withinMs: 5_000 }),

    user.mustSettle("greeting"),
  ],
})
