// The same refusal for an app that awaits nothing. The call goes on with the old settings, and the app can know it.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/refused-update-is-seen",
  title: "A refused session.update is shown, and the session goes on",
  cites: ["session.update", "error"],
  grade: "observed",
  source: "probe 8 and 7d of 2026-09-18; PROTOCOL.md N01",
  situations: ["N01"],
  needs: ["text-turn", "session-update", "error-event"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    server.refusesUpdate(),
    user.updates("mood", "Be cheerful."),
    client.mustSend("session.update"),
    user.mustSeeError(),

    client.mustHaveConnected(1),
    user.says("greeting"),
    client.mustSend("response.create"),
  ],
})
