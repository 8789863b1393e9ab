// A terminal event settles the request that it belongs to, and never the next one.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { isLimit } from "./asking-again.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { EndReading, FutureReading, Reading, RequestReading } from "./reading.ts"
import { nameOf } from "./words.ts"

interface Told extends Trigger {
  readonly end: EndReading
}

/**
 * Deltas and errors name no request, so a client counts: one terminal too many, and every answer after it goes to the wrong
 * question. Fair: judged are requests that settle in the round of another's terminal, with their own create on the wire and
 * nothing in that round that could have settled them (a word of their own response, their connection's end, the app); a
 * terminal of which not even a careful client could know whose it is proves nothing, nor does the connection's limit, which
 * ends all that is on it.
 */
export const attribution = invariant(
  {
    id: "attribution",
    title: "A terminal event settles the request it belongs to, never the next one",
    cites: ["response.completed", "response.failed", "error", "W05", "W08", "M09"],
    why: "After one terminal that was told twice, every question gets the answer to the one before it.",
    protocols: ["responses"],
  },
  (reading): Told[] =>
    reading.ends
      .filter(({ create, entry }) => create?.request !== undefined && !isLimit(entry))
      .map((end) => ({ index: end.entry.index, end })),
  ({ index, end }, reading): Finding[] =>
    find.replyFutures(reading).flatMap((future) => {
      const settled = future.settled[0]
      const { request } = future
      if (!request || !settled || settled.index < index || settled.round !== end.entry.round) return []
      if (isOf(end, request) || !isOnTheWire(request, index) || isExplained(request, settled, reading)) return []
      const message = `${end.entry.event.type} ended ${whose(end)}; it must not settle the ${nameOf.future(future)}, which was ${settled.as}${how(future, reading)}.`
      return [{ message, cause: index, offence: settled.index }]
    }),
)

const isOf = ({ create }: EndReading, request: RequestReading) => create?.request === request

const isOnTheWire = ({ creates }: RequestReading, index: number) => creates.some(({ entry }) => entry.index < index)

const whose = ({ response, create }: EndReading) => response?.id ?? (create ? nameOf.create(create) : "nothing")

function how({ request }: FutureReading, { responses }: Reading): string {
  const own = responses.findLast(({ create }) => create?.request === request)
  if (!own) return " before it was answered"
  return own.done ? "" : ` while its own response ${own.id} was under way`
}

function isExplained(request: RequestReading, settled: EntryOf<"app", "settled">, reading: Reading): boolean {
  const inRound = (entry: Entry | undefined) => entry?.round === settled.round && entry.index < settled.index
  const connections = new Set(request.creates.map(({ connection }) => connection))
  const entryAt = (index: number) => reading.trace.entries[index]
  return (
    reading.sightings.performed.some(inRound) ||
    [...reading.connections.values()].some(
      ({ number, lost, left }) => connections.has(number) && (inRound(lost) || inRound(left)),
    ) ||
    request.creates.some(
      ({ refusal, doubt }) => inRound(refusal) || (doubt !== undefined && inRound(entryAt(doubt))),
    ) ||
    reading.responses.some(
      ({ id, create, signs, done }) =>
        create?.request === request &&
        (inRound(done) || signs.some((sign) => inRound(entryAt(sign))) || isGivenBack(id, inRound, reading)),
    )
  )
}

/** What was added to it was given back: its successor comes not. */
const isGivenBack = (id: string, inRound: (entry: Entry) => boolean, { delivered }: Reading): boolean =>
  delivered.some(
    (entry) =>
      entry.event.type === "response.steer.failed" &&
      member.members(entry.event.steer).previous_response_id === id &&
      inRound(entry),
  )
