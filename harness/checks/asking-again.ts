// Responses: what a connection's end cut off may be asked for again by the client itself, and goes on until then. How long it
// may go on is judged by what the client could know.
import type { Entry } from "../trace/trace.ts"
import { find } from "./find.ts"
import { patienceMs } from "./patience.ts"
import type { CreateReading, Reading, RequestReading } from "./reading.ts"
import { connectionLimit, errorIn, parentNotFound } from "./reading-responses.ts"

/** The connection's limit was told: it ends the connection, and not what was asked on it (PROTOCOL.md W03). */
export const isLimit = (entry: Entry): boolean =>
  entry.lane === "server" && entry.kind === "event" && errorIn(entry).code === connectionLimit

/** The server has lost what was to be gone on from, and the client, which may tell it in full, dials for that at once, or was dialling
 * already, or may have written it on a line that had gone silent (PROTOCOL.md W02; over the same connection, it is there at once). */
function isToBeToldInFull(end: Entry, reading: Reading): boolean {
  if (end.lane !== "server" || end.kind !== "event" || errorIn(end).code !== parentNotFound) return false
  const isDialling = [...reading.connections.values()].some(
    ({ number, connects, session = Number.POSITIVE_INFINITY, lost }) =>
      connects !== undefined &&
      number !== end.connection &&
      (connects.index > end.index
        ? connects.round === end.round
        : end.index < session && !(lost && lost.index < end.index)),
  )
  return isDialling || mayWaitInSilence(end, reading)
}

/** An event that ends a request, and need not for good. */
export const isPassing = (end: Entry, reading: Reading): boolean => isLimit(end) || isToBeToldInFull(end, reading)

/** Whether the client asks again by itself, and nothing of the answer was handed out yet (PROTOCOL.md W15). */
export function mayAskAgain(create: CreateReading | undefined, { trace, sightings }: Reading): boolean {
  const { protocol, can } = trace.header
  if (protocol !== "responses" || !can.includes("retry") || !create) return false
  const label = create.response?.label
  return !sightings.heard.some(({ pieces }) => pieces.some((piece) => piece.label === label))
}

/** Whether the client was still at it at `until`: no more than ten seconds since the end, or since it dialled or was turned away
 * (ten is what a dial may take that nobody answers), and ten more after a dial, begun before or since, that nobody has answered,
 * before the next. */
function isStillTrying(end: Entry, until: Entry, { connections }: Reading): boolean {
  const isBefore = (entry: Entry | undefined) => !!entry && entry.index < until.index
  const isBetween = (entry: Entry | undefined) => !!entry && end.index < entry.index && isBefore(entry)
  const tries = [...connections.values()].flatMap(({ connects, session, lost, number }) => {
    const isItsOwn = "connection" in end && end.connection === number
    const isUnanswered = !isItsOwn && (session === undefined || session > until.index) && !isBefore(lost)
    const isTry = isUnanswered ? isBefore(connects) : isBetween(connects)
    return [
      ...(connects && isTry ? [connects.at + (isUnanswered ? patienceMs : 0)] : []),
      ...(lost && isBetween(lost) ? [lost.at] : []),
    ]
  })
  return until.at - Math.max(end.at, ...tries) <= patienceMs
}

/** Whether the client may have asked again over a line that had gone silent: that reached nobody, and when it was written, if it
 * was, nobody knows (PROTOCOL.md M04). */
const mayWaitInSilence = (end: Entry, { connections }: Reading): boolean =>
  [...connections.values()].some(({ silent, lost, left }) => {
    const over = Math.min(lost?.index ?? Number.POSITIVE_INFINITY, left?.index ?? Number.POSITIVE_INFINITY)
    return silent !== undefined && end.index < over
  })

/** Whether the client may, at `until`, still have been about to ask again for what that end cut off. */
export const isAboutToAsk = (end: Entry, until: Entry, create: CreateReading | undefined, reading: Reading): boolean =>
  mayAskAgain(create, reading) && (isStillTrying(end, until, reading) || mayWaitInSilence(end, reading))

/** The connection's limit is told on one lane, where it may be taken for the answer to the first in line; for all others it
 * announces the close, and that is the end, if it comes within ten seconds (PROTOCOL.md C.2, C.3). */
function endedBy(end: Entry, create: CreateReading | undefined, { connections, ends }: Reading): Entry {
  const { lost, left, silent } = (create && connections.get(create.connection)) ?? {}
  if (!isLimit(end) || !lost || silent || lost.index < end.index || (left && left.index < lost.index)) return end
  const first = ends.find(({ entry, lane, create: its }) => entry === end && its?.context?.lane === lane)
  return first?.create !== create && lost.at - end.at <= patienceMs ? lost : end
}

/**
 * When what waits for a request has to settle after the end of its connection: at that end, or, where another was told of
 * the connection's limit, at the close that follows; or, if the client may ask again and was still trying, or may have tried
 * on a silent line, where the app took the request back or where it settled.
 */
export function dueAfter(
  end: Entry,
  create: CreateReading | undefined,
  settled: Entry | undefined,
  reading: Reading,
): Entry {
  const over = endedBy(end, create, reading)
  if (!mayAskAgain(create, reading)) return over
  const taken = takenBackAfter(end, create?.request, reading)
  const until = taken && !(settled && settled.index < taken.index) ? taken : settled
  return until && isAboutToAsk(end, until, create, reading) ? until : over
}

/** Where the app closed, or cancelled the request: by name or, in Responses, with all others. */
export function takenBackAfter(
  { index }: Entry,
  request: RequestReading | undefined,
  reading: Reading,
): Entry | undefined {
  const takesAll = reading.trace.header.protocol === "responses"
  return reading.sightings.performed.find((entry) => {
    const { index: at, operation } = entry
    if (at <= index) return false
    if (operation.do !== "cancel") return operation.do === "close"
    const isMeant = operation.request === undefined ? takesAll : operation.request === request?.name
    return isMeant && !find.isRefused(entry, reading)
  })
}
