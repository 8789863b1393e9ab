// Whatever happened before: once the faults have stopped, a fresh turn is asked for, answered, settled and heard.
import type { WireEvent } from "../protocol/event.ts"
import { read as member } from "../protocol/realtime/read.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CreateReading, Reading, RequestReading, ResponseReading } from "./reading.ts"
import { nameOf } from "./words.ts"

interface FreshTurn extends Trigger {
  readonly request: RequestReading
}

/** Fair: no turn is expected of a subject whose connection is gone, or half-open, and that was not asked to connect again
 * and cannot do so by itself; nor of one with a pool in which one is half-open, and may be the one that is used. Where an
 * earlier say may have shared another's response.create, the next may be this one's. No sound is owed to who asked for text
 * alone. */
export const nextTurnWorks = invariant(
  {
    id: "next-turn-works",
    title: "After the faults have stopped, a fresh turn works",
    cites: ["response.create", "C06", "C09", "E01", "K06"],
    why: "One bad moment must not leave a session that looks alive and never answers again.",
    protocols: ["realtime", "responses"],
  },
  (reading): FreshTurn[] => {
    const fresh = reading.phases["fresh-turn"]
    if (!fresh) return []
    const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
    return reading.requests
      .filter(({ performed: { index } }) => index > fresh.index && index < closing && isUsableAt(index, reading))
      .map((request) => ({ index: request.performed.index, request }))
  },
  ({ index, request }, reading): Finding[] => {
    const wrong = wrongWith(request, reading)
    if (!wrong) return []
    const message = `The fresh turn "${request.name}" must work after the faults have stopped; ${wrong.what}.`
    return [{ message, cause: index, offence: wrong.offence ?? reading.last }]
  },
)

function isUsableAt(index: number, reading: Reading): boolean {
  const connection = find.connectionAt(index, reading)
  if (connection?.silent && connection.silent.index < index) return false
  if (find.isPoolHalfOpenAt(index, reading)) return false
  const end = connection?.lost ?? connection?.left
  if (!end || end.index > index) return true
  return (
    reading.trace.header.can.includes("reconnect") ||
    reading.sightings.performed.some((entry) => entry.operation.do === "connect" && entry.index > end.index)
  )
}

interface Wrong {
  readonly what: string
  readonly offence?: number
}

function wrongWith(request: RequestReading, reading: Reading): Wrong | undefined {
  const { refused } = request
  if (refused) return { what: `the client refused it: ${refused.error.message}`, offence: refused.index }
  const failed = request.futures.find(({ settled: [end] }) => end?.as === "rejected")
  const end = failed?.settled[0]
  if (failed && end) return { what: `its ${failed.opened?.of} future was rejected`, offence: end.index }
  return wrongWithAnswer(request, reading) ?? wrongWithFuture(request)
}

function wrongWithAnswer(request: RequestReading, reading: Reading): Wrong | undefined {
  if (request.servedByServer) return undefined
  const own = request.creates.at(-1) ?? perhapsItsOwn(request, reading)
  const before = own ? undefined : answeredBefore(request, reading)
  if (before) return before
  const create = own ?? sharedCreate(request, reading)
  if (!create) return { what: "no response.create was sent for it" }
  if (create.refusal) return { what: `the server refused ${nameOf.create(create)}`, offence: create.refusal.index }
  const response = create.response ?? perhapsAnswer(create, reading)
  if (!response) return { what: `${nameOf.create(create)} was never answered` }
  const { id, done, status } = response
  if (!done) return { what: `its response ${id} never ended` }
  if (status !== "completed") return { what: `its response ${id} ended as ${status}`, offence: done.index }
  return wrongWithOutput(response, reading)
}

/** What settled it was of a response that was there before: whatever is sent for it afterwards, nobody waits for that. */
function answeredBefore({ futures, performed }: RequestReading, { sightings, responses }: Reading): Wrong | undefined {
  const under = sightings.heard.filter(({ future }) => futures.some(({ id }) => id === future))
  for (const { pieces, index } of under) {
    const label = pieces[0]?.label
    const response = responses.find((each) => each.label === label && each.created.index < performed.index)
    if (response) return { what: `it was answered with ${response.id}, which was there before`, offence: index }
  }
  return undefined
}

/** One that nothing told whose it was, and that was tied to a request which had waited longer. */
const perhapsItsOwn = (request: RequestReading, { creates }: Reading): CreateReading | undefined =>
  creates.findLast(({ mayBeFor }) => mayBeFor.includes(request))

/** A request that no future waits for may be answered together with an earlier one. What was said may have been asked for by a
 * create that we take for an earlier say's, where that may have shared one before. */
function sharedCreate(request: RequestReading, { creates }: Reading): CreateReading | undefined {
  const { futures, operation, outOfBand, performed, evidence } = request
  const later = creates.filter(
    ({ entry, ...create }) => entry.index > performed.index && create.outOfBand === outOfBand,
  )
  if (futures.length === 0) return later.at(-1)
  if (operation.do !== "say" || !evidence) return undefined
  return later.findLast((create) => create.entry.index > evidence.index && mayHaveSharedBefore(create, creates))
}

function mayHaveSharedBefore({ request, entry: now }: CreateReading, creates: readonly CreateReading[]): boolean {
  const said = request?.operation.do === "say" ? request.evidence : undefined
  if (!said) return false
  return creates.some(
    ({ entry, ...other }) => other.request !== request && said.index < entry.index && entry.index < now.index,
  )
}

/** Without metadata, and with older creates left unanswered, the answer may have been tied to one of those. */
function perhapsAnswer({ entry, connection }: CreateReading, reading: Reading): ResponseReading | undefined {
  return reading.responses.findLast(
    (response) => !response.isPlain && response.connection === connection && response.created.index > entry.index,
  )
}

function wrongWithOutput(response: ResponseReading, reading: Reading): Wrong | undefined {
  const { can } = reading.trace.header
  const isHeard = (what: "text" | "audio") =>
    reading.sightings.heard.some(
      (heard) => heard.what === what && heard.pieces.some(({ label }) => label === response.label),
    )
  if (response.streamsText && can.includes("text-output") && !isHeard("text"))
    return { what: `the text of its response ${response.id} was never delivered to the app` }
  if (
    response.streamsAudio &&
    can.includes("audio-output") &&
    !isHeard("audio") &&
    !asksForTextAlone(response, reading)
  )
    return { what: `the audio of its response ${response.id} was never delivered to the app` }
  return undefined
}

/** The session was last asked for text without sound: sound that comes all the same, where that was refused, is not owed. */
function asksForTextAlone({ created }: ResponseReading, { sent }: Reading): boolean {
  const asked = sent.findLast(({ event, index }) => index < created.index && modalitiesIn(event) !== undefined)
  return asked !== undefined && !member.list(modalitiesIn(asked.event)).includes("audio")
}

/** Under their GA name and that of the beta. */
function modalitiesIn(event: WireEvent): unknown {
  if (event.type !== "session.update") return undefined
  const session = member.members(event.session)
  return session.output_modalities ?? session.modalities
}

function wrongWithFuture({ futures }: RequestReading): Wrong | undefined {
  const pending = futures.find(({ opened, settled }) => opened?.of === "reply" && settled.length === 0)
  return pending && { what: `its ${nameOf.future(pending)} never settled` }
}
