// Nothing that the server sends may bring the client's process down, or make it send without end.
import type { Entry, EntryOf } from "../trace/trace.ts"
import { invariant } from "./invariant.ts"
import type { Reading } from "./reading.ts"

export const noCrash = invariant(
  {
    id: "no-crash",
    title: "No input makes the client crash, exit, loop for ever or flood the server",
    cites: ["M05", "M06", "M07", "E02", "W03"],
    why: "One malformed frame takes down every other session of the same process.",
    protocols: ["realtime", "responses"],
  },
  () => [{ index: 0 }],
  (_, reading) => [
    ...reading.sightings.crash.map((crash) =>
      after(crash, reading, `it ended in ${crash.how}: ${crash.error.name}: ${crash.error.message}`),
    ),
    ...reading.trace.entries
      .filter(isFlood)
      .map((flood) => after(flood, reading, `it sent ${flood.events} events, and the server hung up on it`)),
  ],
)

const isFlood = (entry: Entry): entry is EntryOf<"client", "flooded"> =>
  entry.lane === "client" && entry.kind === "flooded"

/** The input that came last before it is taken for its cause. */
function after({ index }: Entry, { trace }: Reading, what: string) {
  const input = trace.entries.findLast((entry) => entry.lane === "server" && entry.index < index)
  const message = `The client must live through whatever it is sent; ${what}`
  return { message, cause: input?.index ?? 0, offence: index }
}
