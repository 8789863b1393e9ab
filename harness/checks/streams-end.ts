// A reply that is handed over as a stream has an end, and nothing comes out of it afterwards.
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { FutureReading } from "./reading.ts"
import { between, nameOf } from "./words.ts"

interface Streamed extends Trigger {
  readonly future: FutureReading
}

/** Whether it ends in time is settles-when-answered; here: that it ends at all, and that its end is one. */
export const streamsEnd = invariant(
  {
    id: "streams-end",
    title: "Every stream of a reply ends, and nothing is delivered after its end",
    cites: ["response.done", "M01", "S04"],
    why: "A for-await over a stream without an end never leaves; output after the end is lost or played over the next reply.",
    protocols: ["realtime", "responses"],
  },
  (reading): Streamed[] =>
    find
      .replyFutures(reading)
      .flatMap((future) => (future.opened?.of === "stream" ? [{ index: future.opened.index, future }] : [])),
  ({ index, future }, reading): Finding[] => {
    const [end] = future.settled
    const name = nameOf.future(future)
    if (!end) {
      const open = between(future.opened, reading.trace.entries[reading.last])
      return [
        { message: `The ${name} must end; it was still open after ${open}.`, cause: index, offence: reading.last },
      ]
    }
    const late = reading.sightings.heard.find(
      (heard) => heard.future === future.id && heard.index > end.index && !heard.whole,
    )
    if (!late) return []
    const message = `The ${name} had ended; ${between(end, late)} later it still delivered ${late.what}.`
    return [{ message, cause: end.index, offence: late.index }]
  },
)
