// Once the server has answered for good, or the connection is gone, what waits for the answer settles at that instant.
import type { Entry } from "../trace/trace.ts"
import { find } from "./find.ts"
import { invariant, type Trigger } from "./invariant.ts"
import { patienceMs } from "./patience.ts"
import type { CreateReading, FutureReading, Reading, ResponseReading } from "./reading.ts"
import { connectionLimit, errorIn } from "./reading-responses.ts"
import { between, nameOf } from "./words.ts"

interface Answered extends Trigger {
  readonly future: FutureReading
  readonly answer: string
}

/**
 * Fair: an error that the client cannot tie to its create is no answer; a request that is sent again (after an error or on
 * the next connection) is judged by its last create; a half-open connection answers nothing. In Responses a client may dial
 * again for a request whose connection was lost: the loss is then no answer yet.
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

/** The first entry that ends the wait, if the future was pending then. */
function answerOf(future: FutureReading, reading: Reading): Answered[] {
  const { opened, request } = future
  if (!opened) return []
  const ends: { entry: Entry; answer: string }[] = []
  const create = request?.creates.at(-1)
  const response = opened.of === "stream" ? find.responsesOf(future, reading).at(-1) : create?.response
  if (create?.refusal && create.refusalIsPlain && !create.response)
    ends.push({
      entry: create.refusal,
      answer: `the server's error ${create.context ? "refused" : "named"} ${nameOf.create(create)}`,
    })
  if (response?.done && response.isPlain && !isAskedAgain(response, create))
    ends.push({ entry: response.done, answer: `${response.done.event.type} of ${response.id} was delivered` })
  const settled = future.settled[0]?.index ?? Number.POSITIVE_INFINITY
  const loss = lossOf(response ?? create, settled, reading)
  const isAskedElsewhere = create?.context !== undefined && loss !== undefined && create.entry.index > loss.entry.index
  if (loss && !isAskedElsewhere) ends.push(loss)
  return ends
    .sort((one, other) => one.entry.index - other.entry.index)
    .slice(0, 1)
    .filter(({ entry }) => opened.index < entry.index && entry.index < settled)
    .filter(({ entry }) => !isLimit(entry) || !isDialledAgain(entry, settled, reading))
    .filter(({ entry }) => !isBusy(entry) || !isTakenBack(entry, settled, reading))
    .map(({ entry, answer }) => ({ index: entry.index, future, answer }))
}

/** In Responses what failed may be asked for once more: that is then the one to wait for. */
const isAskedAgain = ({ status, create: failed }: ResponseReading, last: CreateReading | undefined): boolean =>
  status === "failed" && last?.context !== undefined && failed !== undefined && failed.entry.index < last.entry.index

/** The request is to be sent again, when the response that is under way has ended. */
const isBusy = (entry: Entry): boolean =>
  entry.lane === "server" &&
  entry.kind === "event" &&
  errorIn(entry).code === "conversation_already_has_active_response"

/** It ends the connection, and not what was asked on it. */
const isLimit = (entry: Entry): boolean =>
  entry.lane === "server" && entry.kind === "event" && errorIn(entry).code === connectionLimit

function lossOf(waiting: Pick<ResponseReading, "connection"> | undefined, settled: number, reading: Reading) {
  const connection = waiting && reading.connections.get(waiting.connection)
  if (!connection?.lost || connection.silent) return undefined
  if (connection.left && connection.left.index < connection.lost.index) return undefined
  const mayAskAgain = reading.trace.header.protocol === "responses"
  if (
    isDialledAgain(connection.lost, settled, reading) ||
    (mayAskAgain && isTakenBack(connection.lost, settled, reading))
  )
    return undefined
  return { entry: connection.lost, answer: nameOf.loss(connection) }
}

function isDialledAgain(lost: Entry, settled: number, { trace, connections }: Reading): boolean {
  if (trace.header.protocol !== "responses") return false
  return [...connections.values()].some(
    ({ connects }) => connects && lost.index < connects.index && connects.index < settled && isSoon(lost, connects),
  )
}

/** The app itself cancelled or closed before the client had asked again. */
function isTakenBack(lost: Entry, settled: number, { sightings }: Reading): boolean {
  return sightings.performed.some(
    (entry) =>
      (entry.operation.do === "cancel" || entry.operation.do === "close") &&
      lost.index < entry.index &&
      entry.index < settled &&
      isSoon(lost, entry),
  )
}

const isSoon = (lost: Entry, connects: Entry) => connects.at - lost.at < patienceMs
