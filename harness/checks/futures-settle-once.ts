// Every future the subject hands out is followed to exactly one settlement.
import type { Trigger } from "./invariant.ts"
import { invariant } from "./invariant.ts"
import type { FutureReading, Reading } from "./reading.ts"
import { between, nameOf } from "./words.ts"

interface Handed extends Trigger {
  readonly future: FutureReading
}

export const futuresSettleOnce = invariant(
  {
    id: "futures-settle-once",
    title: "Every future the client hands out settles exactly once",
    cites: ["C13", "C14", "M01", "M02", "M04", "M09"],
    why: "A promise that never settles hangs the caller for ever; one that settles twice runs its continuation twice.",
    protocols: ["realtime", "responses"],
  },
  (reading): Handed[] =>
    [...reading.futures.values()].map((future) => ({
      index: future.opened?.index ?? future.settled[0]?.index ?? 0,
      future,
    })),
  ({ index, future }, reading: Reading) => {
    const [first, second] = future.settled
    const name = nameOf.future(future)
    if (!future.opened)
      return [{ message: `${name} settled, but was never opened.`, cause: index, offence: first?.index ?? index }]
    if (!first) {
      const pending = between(future.opened, reading.trace.entries[reading.last])
      const message = `The ${name} must settle; at the end of the trace it had been pending for ${pending}.`
      return [{ message, cause: index, offence: reading.last }]
    }
    if (!second) return []
    const message = `The ${name} must settle once; it was ${first.as}, and ${between(first, second)} later ${second.as} again.`
    return [{ message, cause: first.index, offence: second.index }]
  },
)
