// Nothing that the server sends may bring the client's process down.
import { invariant } from "./invariant.ts"

export const noCrash = invariant(
  {
    id: "no-crash",
    title: "No input makes the client crash, exit or loop for ever",
    cites: ["M05", "M06", "M07", "E02", "W03"],
    why: "One malformed frame takes down every other session of the same process.",
    protocols: ["realtime", "responses"],
  },
  () => [{ index: 0 }],
  (_, { trace, sightings }) =>
    sightings.crash.map(({ index, how, error }) => {
      const input = trace.entries.findLast((entry) => entry.lane === "server" && entry.index < index)
      const message = `The client must live through whatever it is sent; it ended in ${how}: ${error.name}: ${error.message}`
      return { message, cause: input?.index ?? 0, offence: index }
    }),
)
