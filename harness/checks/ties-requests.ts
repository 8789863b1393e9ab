// Ties a create to the request that it was sent for. The order of evidence is:
//
//   1. the instructions of a request that waits, or was given up before it was asked for, which the create bears;
//   2. first come, first served among the requests that wait for a create of that band, or whose create was refused or lost
//      while their future is still open (sent again);
//   3. if it follows a tool's output, if the server may have answered a commit by itself, if the first in line has asked
//      already, or there was nothing to commit, none or that one: what the client says (ties-claimed.ts);
//   4. else the likeliest, or none that lacks its own instructions where the answer to a tool's output may be asked for.
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { isSilentAt } from "./patience.ts"
import type { CreateReading, Reading, RequestReading } from "./reading.ts"
import { claimedBy, isAnsweredOtherwise } from "./ties-claimed.ts"

/** The request that a create was sent for. */
export function requestOf(create: CreateReading, reading: Reading): RequestReading | undefined {
  const waiting = reading.requests.filter(
    (request) =>
      request.outOfBand === create.outOfBand &&
      (waitsForCreate(request, create, reading) || waitsForAnother(request, reading)),
  )
  const isOfTool = ({ performed }: RequestReading) => performed.index <= (create.afterToolOutput ?? -1)
  return (
    waiting.find((request) => asksTheSame(request, create)) ??
    givenUpUnasked(create, reading) ??
    resentAfterTool(create, waiting.filter(isOfTool), reading) ??
    askedAfterAll(create, reading) ??
    nextToAsk(
      create,
      waiting.filter((request) => !isOfTool(request) && !asksForItLater(request, create, reading)),
      reading,
    )
  )
}

/** The first that waits, unless a commit that the server seemed to have answered waits on, and the first is answered with something
 * else than this create was. Where that one has asked already, said its words on another connection, is not told yet that they were
 * taken, or has instructions that are not in the create, the next may ask before it does: the client's word tells. So it does of one
 * that had nothing to commit, and therefore has nothing to show for it. Without a word it is the first of whom
 * none of that is true, unless the first of all was told of an active response, and so is to ask again; it may be for any. */
function nextToAsk(create: CreateReading, waiting: readonly RequestReading[], reading: Reading) {
  const [first] = waiting
  const mayBe = (request: RequestReading) => !isAnsweredOtherwise(create, request, reading)
  const served = servedBefore(create, reading).filter(mayBe)
  const isSure = first !== undefined && isSureToAsk(first, create, reading) && (served.length === 0 || mayBe(first))
  const wordless = create.outOfBand ? [] : reading.requests.filter((each) => find.isOfNothing(each, reading))
  const idle = wordless.filter((each) => each.creates.length === 0 && hasOpenFuture(each))
  const claimed = claimedBy(create, [...idle, ...guessedBefore(create, reading), ...(isSure ? [] : waiting)], reading)
  if (claimed) return claimed
  create.mayBeFor = [...served, ...givenUpAtOnce(create, reading)]
  if (isSure) return first
  create.mayBeFor = [...create.mayBeFor, ...idle, ...waiting]
  const [ofNothing] = idle.filter(mayBe)
  const others = waiting.filter(mayBe)
  const likeliest = isToAskAgain(others[0], create, reading)
    ? others[0]
    : others.find((request) => isSureToAsk(request, create, reading))
  const guess =
    takenBackAtOnce(create, reading) ??
    (create.afterToolOutput === undefined ? ofNothing : undefined) ??
    likeliest ??
    others[0]
  return guess && mayFollowTool(create, guess, reading) ? undefined : guess
}

/** Rejected in the round of the create, and not asked for before: it may have been sent just before its request was given up, as where
 * two errors come in one chunk. In what order the two came, a recording does not tell. */
const givenUpAtOnce = ({ outOfBand, entry: { round } }: CreateReading, { requests }: Reading): RequestReading[] =>
  requests.filter(
    (each) =>
      each.outOfBand === outOfBand && each.creates.length === 0 && !each.servedByServer && isRejectedIn(round, each),
  )

const isRejectedIn = (round: number, { futures }: RequestReading): boolean =>
  futures.some(({ settled: [end] }) => end?.as === "rejected" && end.round === round)

/** Requests that wait on, and of whose create nothing told that it was theirs. */
const guessedBefore = ({ outOfBand }: CreateReading, { requests }: Reading): RequestReading[] =>
  requests.filter(
    (each) => each.outOfBand === outOfBand && (each.creates.at(-1)?.mayBeFor.length ?? 0) > 0 && hasOpenFuture(each),
  )

/** That request has instructions, which the create would bear, and a tool's output was sent: behind others it may ask for the
 * answer to that. */
const mayFollowTool = (
  { connection, entry: now }: CreateReading,
  { operation }: RequestReading,
  { sent }: Reading,
): boolean =>
  operation.do === "request" &&
  !!operation.instructions &&
  sent.some(
    ({ event, ...entry }) =>
      entry.connection === connection &&
      entry.index < now.index &&
      member.members(event.item).type === "function_call_output",
  )

/** While the response that was in its way is known to be active, and not silent, a create is another's. */
function isToAskAgain(
  request: RequestReading | undefined,
  { entry, connection }: CreateReading,
  reading: Reading,
): boolean {
  const refusal = request?.creates.at(-1)?.refusal
  if (!refusal || !find.saysBusy(refusal)) return false
  return !reading.responses.some(
    (response) =>
      !response.outOfBand &&
      response.connection === connection &&
      find.isActiveAt(response, entry.index) &&
      !isSilentAt(response, entry, reading),
  )
}

/** The request that was given up in the round in which this create was sent, and a cancel right behind it. */
function takenBackAtOnce({ entry: { index, round } }: CreateReading, reading: Reading): RequestReading | undefined {
  const next = reading.trace.entries.find((entry) => entry.index > index && entry.lane === "client")
  if (next?.kind !== "event" || next.event.type !== "response.cancel" || next.round !== round) return undefined
  return reading.requests.find(
    (each) => each.creates.length === 0 && isCancelled(each, reading) && isRejectedIn(round, each),
  )
}

const isSureToAsk = (
  { operation, evidence, creates }: RequestReading,
  { connection }: CreateReading,
  { delivered }: Reading,
): boolean =>
  creates.length === 0 &&
  !(operation.do === "request" && operation.instructions) &&
  (evidence === undefined || (evidence.connection === connection && isTaken(evidence, delivered)))

const tellsOfItem = new Set(["conversation.item.added", "conversation.item.created"])

/** Whether the server has said that it has the item; of one without an id of its own, nobody could tell. Where that was lost, and
 * only its `conversation.item.done` came, a client may go on waiting. */
function isTaken({ event }: EntryOf<"client", "event">, delivered: Reading["delivered"]): boolean {
  const { id } = member.members(event.item)
  return (
    typeof id !== "string" ||
    delivered.some(({ event: told }) => tellsOfItem.has(told.type) && member.members(told.item).id === id)
  )
}

/** What follows a tool's output asks for the answer to that, or asks again for what was refused before; if the client does not
 * say, the refusal may not be the last word on it. */
function resentAfterTool(create: CreateReading, waiting: readonly RequestReading[], reading: Reading) {
  const refused = waiting.filter(({ creates }) => creates.length > 0)
  const claimed = claimedBy(create, refused, reading)
  if (!claimed) for (const { creates } of refused) for (const last of creates.slice(-1)) last.refusalIsPlain = false
  return claimed
}

/** A commit that the server seemed to have answered by itself, and that the client asks for all the same. */
function askedAfterAll(create: CreateReading, reading: Reading): RequestReading | undefined {
  const claimed = claimedBy(create, servedBefore(create, reading), reading)
  if (claimed) claimed.servedByServer = false
  return claimed
}

/** Commits that the server seems to have answered by itself, while their futures wait on: any create may be for them, too. */
const servedBefore = ({ outOfBand }: CreateReading, { requests }: Reading): readonly RequestReading[] =>
  outOfBand ? [] : requests.filter((each) => each.servedByServer && hasOpenFuture(each))

function asksTheSame({ operation }: RequestReading, { instructions }: CreateReading): boolean {
  return operation.do === "request" && !!operation.instructions && !!instructions?.includes(operation.instructions)
}

/** What was given up before it was asked for may be asked for all the same, with its own instructions: nobody waits for it. */
function givenUpUnasked(create: CreateReading, { requests }: Reading): RequestReading | undefined {
  return requests.find(
    (request) => request.outOfBand === create.outOfBand && request.creates.length === 0 && asksTheSame(request, create),
  )
}

/** A request with instructions of its own, which a later create bears: what bears none asks for the answer to a tool's output or
 * to what was spoken, and what bears others is for another. */
function asksForItLater({ operation }: RequestReading, { entry: now }: CreateReading, { trace }: Reading): boolean {
  const own = operation.do === "request" ? operation.instructions : undefined
  if (!own) return false
  return trace.entries.some(
    (entry) =>
      entry.index > now.index &&
      entry.lane === "client" &&
      entry.kind === "event" &&
      entry.event.type === "response.create" &&
      member.text(member.members(entry.event.response).instructions)?.includes(own) === true,
  )
}

function waitsForCreate(request: RequestReading, create: CreateReading, reading: Reading): boolean {
  if (request.creates.length > 0 || request.servedByServer || request.refused) return false
  if (request.futures.length > 0 && !hasOpenFuture(request)) return false
  if (isCancelled(request, reading, create.entry.index)) return false
  const carriesInput = Array.isArray(member.members(create.entry.event.response).input)
  return request.operation.do === "request" || request.evidence !== undefined || carriesInput
}

/** Before a create was sent, or at all: a cancel that was refused took nothing back. */
function isCancelled(
  { name, performed }: RequestReading,
  reading: Reading,
  before = Number.POSITIVE_INFINITY,
): boolean {
  return reading.sightings.performed.some(
    (cancel) =>
      cancel.index > performed.index &&
      cancel.index < before &&
      cancel.operation.do === "cancel" &&
      cancel.operation.request === name &&
      !find.isRefused(cancel, reading),
  )
}

function waitsForAnother(request: RequestReading, reading: Reading): boolean {
  const create = request.creates.at(-1)
  if (!create || !hasOpenFuture(request)) return false
  if (create.refusal || create.doubt !== undefined) return true
  const connection = reading.connections.get(create.connection)
  return !create.response?.done && (connection?.lost !== undefined || connection?.left !== undefined)
}

const hasOpenFuture = (request: RequestReading) => request.futures.some(({ settled }) => settled.length === 0)
