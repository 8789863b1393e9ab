// A trace with time taken out, for comparing transports: what happened in each lane, in which round. Entries of one round
// in different lanes are concurrent, and which was written down first says nothing.
import type { Lane, Trace } from "./trace.ts"

const lanes: readonly Lane[] = ["server", "client", "app"]

/** Text that is equal for two traces that differ in time alone. */
export function timeless({ entries }: Trace): string {
  return JSON.stringify(
    lanes.map((lane) =>
      entries.filter((entry) => entry.lane === lane).map(({ at: _at, index: _index, ...rest }) => rest),
    ),
  )
}
