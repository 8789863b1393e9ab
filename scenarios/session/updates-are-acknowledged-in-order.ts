// session.updated names no request. Two updates in flight are told apart by their order alone, and an app that awaits
// them must not wait for the wrong one, or for ever.
import { scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/updates-are-acknowledged-in-order",
  title: "Two updates settle when both acknowledgements have come, whenever they come",
  cites: ["session.update", "session.updated"],
  grade: "documented",
  source: "SessionUpdateEvent; PROTOCOL.md N02",
  situations: ["N02"],
  needs: ["session-update", "update-future"],
  judgedBy: ["futures-settle-once"],

  story: [
    server.acknowledgesLater(),
    user.updates("tone", "Be brief."),
    user.updates("language", "Speak French."),
    server.acknowledgesNow(),

    user.mustSettle("tone", { kind: "update", as: "resolved" }),
    user.mustSettle("language", { kind: "update", as: "resolved" }),
    user.mustNotSeeError(),
  ],
})
