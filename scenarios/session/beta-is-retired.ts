// Since May 2026 the beta's shapes are refused on api.openai.com. Trying again changes nothing: only a new release does.
import { client, scenario, server, time, user } from "../../harness/script/index.ts"

export default scenario({
  id: "session/beta-is-retired",
  title: "A connection that is turned away for the beta shape is reported, and not tried again",
  cites: ["error", "session.created"],
  grade: "observed",
  source: "pickle-com/glass#220, kirklandsig/AIReceptionist#18, probe 7b; PROTOCOL.md A.5, N04",
  situations: ["N04", "N03"],
  needs: [],
  judgedBy: ["futures-settle-once", "no-crash"],
  begins: "unconnected",
  ends: "unusable",

  story: [
    server.turnsAway({
      code: "beta_api_shape_disabled",
      message: "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.",
      closeCode: 4000,
      next: 100,
    }),
    user.connects(),
    time.passes({ ms: 60_000 }),

    user.mustSeeError(),
    client.mustHaveConnected(1),
  ],
})
