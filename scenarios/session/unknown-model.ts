// A typing error in the model's name. It is told in an error event and a close of 4000, after the upgrade.
import { scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/unknown-model",
  title: "A connection that is turned away for its model is reported",
  cites: ["error", "session.created"],
  grade: "observed",
  source: "probe 10 of 2026-09-18; PROTOCOL.md A.1, N03",
  situations: ["N03"],
  needs: [],
  judgedBy: ["futures-settle-once", "no-crash"],
  begins: "unconnected",
  ends: "unusable",

  story: [
    server.turnsAway({ code: "invalid_model", message: "The model does not exist.", closeCode: 4000, next: 100 }),
    user.connects(),
    time.passes({ ms: 60_000 }),

    user.mustSeeError(),
  ],
})
