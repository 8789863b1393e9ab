// What was cancelled, or reported failed, stays silent.
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { invariant, type Trigger } from "./invariant.ts"
import type { FutureReading, Reading, ResponseReading } from "./reading.ts"
import { between, nameOf } from "./words.ts"

interface Ended extends Trigger {
  readonly what: string
  readonly responses: readonly ResponseReading[]
}

/**
 * Fair: output in the round of the cancel or the failure was on its way to the app; a whole text that repeats what was
 * heard before is no output; a plain cancel means the response that the client knew to be active, not one to come.
 */
export const noLateOutput = invariant(
  {
    id: "no-late-output",
    title: "Nothing of a response is delivered after its caller was told that it failed or was cancelled",
    cites: ["response.cancel", "K01", "C07", "C12"],
    why: "Audio that the user was told would not come is played over whatever they are doing now.",
    protocols: ["realtime", "responses"],
  },
  (reading): Ended[] => [...rejections(reading), ...cancels(reading)],
  ({ index, what, responses }, reading) => {
    const ended = reading.trace.entries[index]
    const late = reading.sightings.heard.flatMap((heard) => {
      const response = responses.find((candidate) => bears(heard, candidate))
      const isLate = heard.index > index && heard.round > (ended?.round ?? 0)
      return response && isLate && !repeats(heard, response, index, reading) ? [{ heard, response }] : []
    })
    return late.slice(0, 1).map(({ heard, response }) => ({
      message: `Nothing of ${response.id} may be delivered after ${what}; ${between(ended, heard)} later the app got ${heard.what} of it.`,
      cause: index,
      offence: heard.index,
    }))
  },
)

const bears = (heard: EntryOf<"app", "heard">, { label }: ResponseReading) =>
  heard.pieces.some((piece) => piece.label === label)

function repeats(heard: EntryOf<"app", "heard">, response: ResponseReading, until: number, reading: Reading): boolean {
  return !!heard.whole && reading.sightings.heard.some((earlier) => earlier.index < until && bears(earlier, response))
}

function rejections(reading: Reading): Ended[] {
  return find.replyFutures(reading).flatMap((future: FutureReading) => {
    const [settled] = future.settled
    const responses = find.responsesOf(future, reading).filter(({ isPlain }) => isPlain)
    if (settled?.as !== "rejected") return []
    return [{ index: settled.index, what: `the ${nameOf.future(future)} was rejected`, responses }]
  })
}

function cancels(reading: Reading): Ended[] {
  return reading.sightings.performed.flatMap((entry) => {
    const { index, operation } = entry
    if (operation.do !== "cancel" || find.isRefused(entry, reading)) return []
    const { request } = operation
    const what = request === undefined ? "cancel" : `cancel of "${request}"`
    const responses = reading.responses.filter((response) =>
      request === undefined
        ? !response.outOfBand && !response.create?.outOfBand && find.isActiveAt(response, index)
        : response.isPlain &&
          response.create?.request?.name === request &&
          !(response.done && response.done.index < index),
    )
    return responses.length > 0 ? [{ index, what, responses }] : []
  })
}
