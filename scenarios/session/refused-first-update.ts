// The update that a client sends by itself when it connects is refused: a member that this model does not know. The call
// must not hang in a connect() that waits for an acknowledgement that never comes.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/refused-first-update",
  title: "A refusal of the client's own first session.update does not leave the session unusable",
  cites: ["session.update", "error", "session.created"],
  grade: "observed",
  source: "probe 7d of 2026-09-18: transcription stayed off, the session went on; PROTOCOL.md N01",
  situations: ["N01"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "futures-settle-once", "next-turn-works"],
  begins: "unconnected",

  story: [
    server.refusesUpdate({ param: "session.reasoning" }),
    user.connects(),
    client.mustSend("session.update"),
    time.passes({ ms: 15_000 }),
    client.mustHaveConnected(1),
    user.says("greeting"),
    client.mustSend("response.create"),
  ],
})
