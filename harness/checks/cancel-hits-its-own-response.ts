// A cancel hits what was to be cancelled, and nothing else.
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { invariant, type Trigger } from "./invariant.ts"
import type { Reading, ResponseReading } from "./reading.ts"

interface GivenUp extends Trigger {
  readonly entry: Entry
  /** The request that was cancelled or given up; none for a plain cancel. */
  readonly request: string | undefined
}

/**
 * Fair: judged are the cancels sent in the round in which the request was given up, or in which its late response was
 * created. A target is lawful if it was given up too, if the user spoke over it, or if the client could not know better.
 * What was written on a line that had gone silent shows late, and nobody knows when it was (M04).
 */
export const cancelHitsItsOwnResponse = invariant(
  {
    id: "cancel-hits-its-own-response",
    title: "A response.cancel never hits a response other than the one given up",
    cites: ["response.cancel", "C08", "C12", "K06"],
    why: "Without an id it stops whatever is being said: the user loses a reply that nobody meant to cancel.",
    protocols: ["realtime"],
  },
  (reading): GivenUp[] => [...cancels(reading), ...rejections(reading)],
  (givenUp, reading) => {
    for (const sent of cancelsBecauseOf(givenUp, reading)) {
      const target = targetOf(sent, reading)
      if (!target || isLawful(target, givenUp, sent, reading)) continue
      const how = typeof sent.event.response_id === "string" ? "names" : "has no response_id and would hit"
      const message = `Because "${givenUp.request}" was given up, response.cancel may only stop its response; it ${how} ${target.id}, which ${target.create ? "answers another request" : "the server started"}.`
      return [{ message, cause: givenUp.index, offence: sent.index }]
    }
    return []
  },
)

function cancels(reading: Reading): GivenUp[] {
  return reading.sightings.performed.flatMap((entry) =>
    entry.operation.do === "cancel" ? [{ index: entry.index, entry, request: entry.operation.request }] : [],
  )
}

function rejections(reading: Reading): GivenUp[] {
  return find
    .replyFutures(reading)
    .flatMap(({ request, settled: [entry] }) =>
      request && entry?.as === "rejected" ? [{ index: entry.index, entry, request: request.name }] : [],
    )
}

function cancelsBecauseOf({ entry, request }: GivenUp, reading: Reading) {
  const rounds = new Set([entry.round])
  for (const { create, created } of reading.responses)
    if (request !== undefined && create?.request?.name === request && created.index > entry.index)
      rounds.add(created.round)
  return reading.sent.filter(
    (entry) =>
      entry.event.type === "response.cancel" &&
      rounds.has(entry.round) &&
      !find.isOnDeadLine({ connection: entry.connection, entry }, reading),
  )
}

/** What the cancel names or, as far as the client could know, would hit. */
function targetOf(sent: EntryOf<"client", "event">, reading: Reading): ResponseReading | undefined {
  const { response_id } = sent.event
  return reading.responses.findLast((response) => {
    if (response.connection !== sent.connection || !find.isActiveAt(response, sent.index)) return false
    if (typeof response_id === "string") return response.id === response_id
    return !response.outOfBand && !response.create?.outOfBand && response.created.round < sent.round
  })
}

function isLawful(
  target: ResponseReading,
  givenUp: GivenUp,
  sent: EntryOf<"client", "event">,
  reading: Reading,
): boolean {
  const own = target.create?.request
  if (givenUp.request === undefined || !target.isPlain || own?.name === givenUp.request) return true
  const ownStreams = find.replyFutures(reading).filter(({ opened }) => opened?.response === target.id)
  if (ownFailure([...(own?.futures ?? []), ...ownStreams], sent.round)) return true
  return (
    reading.sightings.performed.some(({ operation, round, index }) => {
      if (round > sent.round) return false
      if (operation.do === "close") return true
      if (operation.do !== "cancel") return false
      return operation.request === undefined
        ? index > (target.create?.entry ?? target.created).index
        : operation.request === own?.name
    }) || spokenOver(target, sent, reading)
  )
}

const ownFailure = (futures: readonly { settled: readonly EntryOf<"app", "settled">[] }[], round: number) =>
  futures.some(({ settled }) => settled.some((entry) => entry.as === "rejected" && entry.round <= round))

function spokenOver(target: ResponseReading, sent: EntryOf<"client", "event">, reading: Reading): boolean {
  return reading.delivered.some(
    ({ event, index }) =>
      event.type === "input_audio_buffer.speech_started" && index > target.created.index && index < sent.index,
  )
}
