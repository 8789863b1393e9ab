// Once the server has answered for good, or the connection is gone, what waits for the answer settles at that instant.
import type { Entry } from "../trace/trace.ts"
import { dueAfter, isPassing, mayAskAgain, takenBackAfter } from "./asking-again.ts"
import { find } from "./find.ts"
import { givenUp } from "./given-up.ts"
import { invariant, type Trigger } from "./invariant.ts"
import type { CreateReading, FutureReading, Reading, RequestReading, ResponseReading } from "./reading.ts"
import { between, nameOf } from "./words.ts"

interface Answered extends Trigger {
  readonly future: FutureReading
  readonly answer: string
}

/**
 * Fair: an error that the client cannot tie to its create is no answer; a request that is sent again (after an error or on
 * the next connection) is judged by its last create, and not at all where a later one may be for it, or where that one may be for
 * another that settled so, or had been given up; a stream of a whole request goes on where the client runs a tool that the
 * response called; a half-open connection answers nothing, nor does it end the response that was in a create's way. What is to be
 * sent again, since a response was active or since the connection ended (asking-again.ts) or was given up (given-up.ts), and is
 * taken back by the app before, settles then.
 */
export const settlesWhenAnswered = invariant(
  {
    id: "settles-when-answered",
    title: "An answered request settles at once, not by its time-out",
    cites: ["error", "response.done", "C01", "C02", "C14", "M01", "M02"],
    why: "The failure is known, yet the user sits in silence until a time-out that has nothing to do with it.",
    protocols: ["realtime", "responses"],
  },
  (reading) => find.replyFutures(reading).flatMap((future) => answerOf(future, reading)),
  ({ index, future, answer }, reading) => {
    const [settled] = future.settled
    const answered = reading.trace.entries[index]
    if (settled && settled.at === answered?.at) return []
    const name = nameOf.future(future)
    const late = settled
      ? `it settled ${between(answered, settled)} later`
      : `it was still pending ${between(answered, reading.trace.entries[reading.last])} later`
    const message = `The ${name} must settle as soon as ${answer}; ${late}.`
    return [{ message, cause: index, offence: settled?.index ?? reading.last }]
  },
)

interface End {
  readonly entry: Entry
  readonly answer: string
}

/** The first entry that ends the wait, if the future was pending then. */
function answerOf(future: FutureReading, reading: Reading): Answered[] {
  const { opened, request } = future
  if (!opened) return []
  const create = request?.creates.at(-1)
  const answered = opened.of === "stream" ? find.responsesOf(future, reading).at(-1) : create?.response
  const goesOn = answered && (isAskedAgain(answered, create, reading) || find.goesOnWithTool(future, answered, reading))
  const response = goesOn ? undefined : answered
  const ends: End[] = []
  if (create?.refusal && create.refusalIsPlain && !create.response)
    ends.push({
      entry: create.refusal,
      answer: `the server's error ${create.context ? "refused" : "named"} ${nameOf.create(create)}`,
    })
  if (response?.done && response.isPlain)
    ends.push({ entry: response.done, answer: `${response.done.event.type} of ${response.id} was delivered` })
  const loss = lossOf(response ?? create, reading)
  if (loss) ends.push(loss)
  const gone = givenUp((response ?? create)?.connection ?? 0, reading)
  if (gone && mayAskAgain(response?.create ?? create, reading))
    ends.push({ entry: gone, answer: "the client had given its connection up" })
  const [first] = ends.sort((one, other) => one.entry.index - other.entry.index)
  if (!first) return []
  if (request?.creates.some((each) => each.entry.index > first.entry.index && find.isOnDeadLine(each, reading)))
    return []
  if (request && opened.response === undefined && mayBeAnothers(first.entry, request, reading)) return []
  const { entry, answer } = mayGoOn(first, response?.create ?? create, future, reading)
  const settled = future.settled[0]?.index ?? Number.POSITIVE_INFINITY
  return opened.index < entry.index && entry.index < settled ? [{ index: entry.index, future, answer }] : []
}

/** Nothing told for which of several requests a create was: the last one for another, which settled with that end or had been
 * given up before, or a later one for this. */
function mayBeAnothers(end: Entry, request: RequestReading, { creates }: Reading): boolean {
  const last = request.creates.at(-1)
  const isOver = ({ futures }: RequestReading) =>
    futures.some(({ settled: [over] }) => over?.at === end.at || (over?.as === "rejected" && over.index < end.index))
  return (
    last?.mayBeFor.some((other) => other !== request && isOver(other)) ||
    creates.some(({ entry, mayBeFor }) => entry.index > (last?.entry ?? end).index && mayBeFor.includes(request))
  )
}

/** In Responses what failed, or was lost, may be asked for once more: that is then the one to wait for. */
function isAskedAgain(
  { status, done, create, connection }: ResponseReading,
  last: CreateReading | undefined,
  reading: Reading,
): boolean {
  if (!last?.context || create === last) return false
  const gone = givenUp(connection, reading)
  if (gone && gone.index < last.entry.index) return true
  const end = done ?? reading.connections.get(connection)?.lost
  return end !== undefined && end.index < last.entry.index && (done === undefined || status === "failed")
}

/** Not every end is for good: what ends the connection need not end what was asked on it, and what a response that was under
 * way is in the way of is to be sent again when that has ended. */
function mayGoOn(end: End, create: CreateReading | undefined, { settled }: FutureReading, reading: Reading): End {
  const { entry } = end
  const isEvent = entry.lane === "server" && entry.kind === "event"
  const due =
    isEvent && find.saysBusy(entry)
      ? dueWhileBusy(entry, create, settled[0], reading)
      : isEvent && !isPassing(entry, reading)
        ? entry
        : dueAfter(entry, create, settled[0], reading)
  if (due === entry) return end
  return { entry: due, answer: due.lane === "server" ? "its connection was lost" : "the app took it back" }
}

/** Where the app took it back, with a response still under way (C02, C06); or, when the line was lost with that under way, at that
 * loss; or, when it had gone silent then, or in the instant of the refusal, where it settled: it may have been asked again in vain. */
function dueWhileBusy(
  refusal: Entry,
  create: CreateReading | undefined,
  settled: Entry | undefined,
  reading: Reading,
): Entry {
  // What may have been its end, and named nothing, need not be taken for it.
  const isBusyAt = ({ index }: Entry) =>
    reading.responses.some(
      (response) => !response.outOfBand && find.isActiveAt({ ...response, maybeDone: undefined }, index),
    )
  const { silent, lost } = (create && reading.connections.get(create.connection)) ?? {}
  const cut = silent ?? lost
  if (settled && cut && refusal.index < cut.index && cut.index < settled.index) {
    if (cut === silent && (isBusyAt(cut) || cut.at === refusal.at)) return settled
    if (isBusyAt(cut)) return cut
  }
  const taken = takenBackAfter(refusal, create?.request, reading)
  if (!taken || (settled && settled.index < taken.index)) return refusal
  return isBusyAt(taken) ? taken : refusal
}

function lossOf(waiting: Pick<ResponseReading, "connection"> | undefined, reading: Reading): End | undefined {
  const connection = waiting && reading.connections.get(waiting.connection)
  if (!connection?.lost || connection.silent) return undefined
  if (connection.left && connection.left.index < connection.lost.index) return undefined
  return { entry: connection.lost, answer: nameOf.loss(connection) }
}
