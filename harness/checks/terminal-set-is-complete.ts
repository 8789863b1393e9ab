// Four events end a request, and each of them does.
import { dueAfter, isPassing } from "./asking-again.ts"
import { find } from "./find.ts"
import { isUnread } from "./given-up.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { EndReading, FutureReading, Reading } from "./reading.ts"
import { between, nameOf } from "./words.ts"

interface Ended extends Trigger {
  readonly end: EndReading
}

/** Fair: a request that goes on (a tool that its stream awaits, asked for again) settles with what comes of that; one that the
 * connection's limit cut off, or that went on from what the server has lost, may be asked for again on the next (asking-again.ts);
 * what came over one that had been given up is unread. */
export const terminalSetIsComplete = invariant(
  {
    id: "terminal-set-is-complete",
    title: "response.completed, response.failed, response.incomplete and error each end their request",
    cites: ["response.completed", "response.failed", "response.incomplete", "error", "W04", "W06"],
    why: "A client that knows only the happy end waits for ever on the others.",
    protocols: ["responses"],
  },
  (reading): Ended[] => {
    const first = reading.ends.filter(
      (end, at) =>
        end.create &&
        !isUnread(end.entry, reading) &&
        !reading.ends.slice(0, at).some((earlier) => isSame(earlier, end)),
    )
    return first.map((end) => ({ index: end.entry.index, end }))
  },
  ({ index, end }, reading): Finding[] =>
    awaiting(end, reading).flatMap((future) => {
      const { opened, settled } = future
      const [first] = settled
      const due = isPassing(end.entry, reading) ? dueAfter(end.entry, end.create, first, reading) : end.entry
      if (!opened || opened.index > index || (first && first.at <= due.at)) return []
      const late = first
        ? `it settled ${between(end.entry, first)} later`
        : `it was still pending ${between(end.entry, reading.trace.entries[reading.last])} later`
      const message = `${end.entry.event.type} must end its request, and so the ${nameOf.future(future)}; ${late}.`
      return [{ message, cause: index, offence: first?.index ?? reading.last }]
    }),
)

const isSame = (one: EndReading, other: EndReading) => one.create === other.create && one.response === other.response

/** The futures that wait for nothing else. */
function awaiting({ create, response }: EndReading, reading: Reading): FutureReading[] {
  const { request } = create ?? {}
  const isLast =
    request?.creates.at(-1) === create && reading.responses.findLast((each) => each.create === create) === response
  if (!request || !isLast) return []
  const goesOn = (future: FutureReading) => response !== undefined && find.goesOnWithTool(future, response, reading)
  return find.replyFutures(reading).filter((future) => future.request === request && !goesOn(future))
}
