// One bad member, and the server discards the whole update; no session.updated follows. Who awaits the update must hear so,
// or an app believes for the rest of the call that its new instructions hold.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/refused-update-is-rejected",
  title: "A refused session.update rejects that update",
  cites: ["session.update", "error"],
  grade: "observed",
  source: "probe 8 and 7d of 2026-09-18; PROTOCOL.md N01",
  situations: ["N01"],
  needs: ["session-update", "update-future"],
  judgedBy: ["futures-settle-once"],
  server: { echoEventId: true },

  story: [
    server.refusesUpdate(),
    user.updates("mood", "Be cheerful."),
    client.mustSend("session.update"),
    user.mustSettle("mood", { kind: "update", as: "rejected" }),

    user.updates("tone", "Be brief."),
    user.mustSettle("tone", { kind: "update", as: "resolved" }),
  ],
})
