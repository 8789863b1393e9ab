// A failure that the server told is observable by the app, on the awaited object where there is one.

import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { isAboutToAsk, isLimit } from "./asking-again.ts"
import { find } from "./find.ts"
import { givenBack } from "./given-back.ts"
import { isUnread } from "./given-up.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import { mayBeGivenUpBefore } from "./patience.ts"
import type { CreateReading, FutureReading, Reading, RequestReading, ResponseReading } from "./reading.ts"
import { nameOf } from "./words.ts"

interface Failure extends Trigger {
  readonly what: string
  /** Futures of the failed request that were open when it failed. */
  readonly awaited: readonly FutureReading[]
  readonly response: ResponseReading | undefined
  readonly isLoss: boolean
  /** Steering that was given back is of no request alone, as a loss is not: each rejection is a sign of it. */
  readonly isSteering?: boolean
  /** It was still to be asked for again when the app closed: nobody had to be told. */
  readonly goesOn: boolean
}

/**
 * Failures: an error that names a response.create, a response.done with status failed, a connection lost with a reply
 * outstanding, in Responses a steering that is given back (given-back.ts). Fair: an open reply future must not resolve;
 * otherwise any sign will do (a rejection, an error sighting, a turn ended as not completed, for a loss a change of state).
 * Nothing is owed where the request was sent again (coping with conversation_already_has_active_response), after the app
 * closed, or by a subject that can show no error. Errors that name no create of ours, such as response_cancel_not_active and
 * input_audio_buffer_commit_empty, need not surface; nor need the failure of a response that the app had cancelled, or whose
 * request had been rejected before, as may be where nothing tells which of several it was for; nor that of one that was asked
 * for again, in Responses, or since an error may have meant it; nor, in Responses, of one that came over a connection that had
 * been given up, which was told (given-up.ts); nor, in both, of one that was still to be asked again when the app closed. None
 * of them may look like an answer.
 */
export const errorsSurface = invariant(
  {
    id: "errors-surface",
    title: "A failure that the server told is observable by the app",
    cites: ["error", "response.done", "K12", "C01", "M01", "M02", "N05"],
    why: "A failure that lands only in a log looks to the app like a reply that is slow, or like one that was complete.",
    protocols: ["realtime", "responses"],
  },
  (reading): Failure[] => {
    const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
    const failures = [...refusals(reading), ...failedResponses(reading), ...losses(reading), ...steering(reading)]
    const canShow = reading.trace.header.can.includes("error-event")
    return failures.filter(
      ({ index, awaited }) => index < closing && (canShow || awaited.length > 0) && !isUnreadAt(index, reading),
    )
  },
  (failure, reading): Finding[] => {
    const streams = streamsAtItsStart(failure, reading)
    const isTold = streams.some(({ settled: [end] }) => end?.as === "rejected" && isOfRound(end, failure, reading))
    const isHandedOut = isTold || streams.some(({ opened }) => opened && isOfRound(opened, failure, reading))
    const resolved = failure.awaited.find(
      ({ opened, settled: [end] }) => opened?.of === "reply" && end?.as === "resolved" && !isHandedOut,
    )
    const end = resolved?.settled[0]
    if (resolved && end) {
      const message = `After ${failure.what}, the ${nameOf.future(resolved)} must be rejected; it was resolved.`
      return [{ message, cause: failure.index, offence: end.index }]
    }
    if (failure.goesOn || isTold || isShown(failure, reading)) return []
    const message = `The app must learn that ${failure.what}; no future was rejected and no error or failed turn was reported.`
    return [{ message, cause: failure.index, offence: reading.last }]
  },
)

function isUnreadAt(index: number, reading: Reading): boolean {
  const entry = reading.trace.entries[index]
  return entry?.lane === "server" && isUnread(entry, reading)
}

function refusals(reading: Reading): Failure[] {
  return reading.creates.flatMap((create) => {
    const { refusal } = create
    const error = member.members(refusal?.event.error)
    const isNamed = create.event_id !== undefined && error.event_id === create.event_id
    // In Responses no error names its create: the order of their lane does.
    if (!refusal || !(create.context ? create.refusalIsPlain : isNamed)) return []
    if (isSentAgain(create, refusal, reading)) return []
    if (isToldAlready(create, refusal.index, reading)) return []
    // An error about a response that is under way may yet be got over (E01): it fails no future, but is still shown.
    const awaited = create.response ? [] : openAt(refusal.index, create.request?.futures)
    return [
      {
        index: refusal.index,
        what: `the server refused ${nameOf.create(create)}`,
        awaited,
        response: undefined,
        isLoss: false,
        goesOn:
          (isLimit(refusal) && isClosedMeanwhile(refusal, [create], reading)) ||
          (find.saysBusy(refusal) && isBusyAtClosing(refusal, reading)),
      },
    ]
  })
}

/** The caller was already told that the request failed, as by an error that its commit met (V03), a time-out, or its cancel:
 * what becomes of it afterwards changes nothing for them (C07). */
function isToldAlready(create: CreateReading, index: number, reading: Reading): boolean {
  const isRejected = awaitedOf(create).some(({ settled: [end] }) => end?.as === "rejected" && end.index < index)
  return isRejected || isTakenBack(create, index, reading) || isGivenUpWithAnother(create, index)
}

/** Nothing told for which of several requests it was, and one of them had been given up. */
const isGivenUpWithAnother = (create: CreateReading, index: number): boolean =>
  create.mayBeFor.length > 0 && mayBeGivenUpBefore(create, index)

const awaitedOf = ({ request }: CreateReading) => request?.futures.filter(find.isOfReply) ?? []

/** The app took the request back, and what it awaited of it ended with that, be it as a stream ends that is closed. */
function isTakenBack(create: CreateReading, index: number, reading: Reading): boolean {
  const awaited = awaitedOf(create)
  return cancelsOf({ since: create.entry, ...create }, reading).some(
    ({ index: at, round }) =>
      at < index &&
      awaited.every(({ settled: [end] }) => end !== undefined && end.index < index && end.round <= round) &&
      awaited.some(({ settled: [end] }) => end !== undefined && at < end.index),
  )
}

function isSentAgain(create: CreateReading, refusal: EntryOf<"server", "event">, reading: Reading): boolean {
  if (create.request) {
    const { creates } = create.request
    // What was written on a silent line comes to light when that ends: in what order, nobody knows.
    const mayBeLater = (other: CreateReading) => other.entry.index > refusal.index && find.isOnDeadLine(other, reading)
    if (creates.at(-1) !== create || creates.some(mayBeLater)) return true
    if (create.request.futures.length > 0) return false
  }
  return (
    find.saysBusy(refusal) && reading.creates.some(({ entry, outOfBand }) => entry.index > refusal.index && !outOfBand)
  )
}

function failedResponses(reading: Reading): Failure[] {
  return reading.responses.flatMap((response) => {
    const { done, id, create } = response
    if (!done || response.status !== "failed" || !response.isPlain) return []
    const { created, outOfBand } = response
    if (isCancelled({ since: created, request: create?.request, outOfBand }, done, reading)) return []
    if (create && (create.context || create.doubt !== undefined) && create.request?.creates.at(-1) !== create) return []
    if (create && (isToldAlready(create, done.index, reading) || isGivenUp(response, create, reading))) return []
    const ofResponse = find.replyFutures(reading).filter(({ opened }) => opened?.response === id)
    const goesOn = isLimit(done) && isClosedMeanwhile(done, [create], reading)
    const awaited = openAt(done.index, [...(create?.request?.futures ?? []), ...ofResponse])
    return [{ index: done.index, what: `response ${id} failed`, awaited, response, isLoss: false, goesOn }]
  })
}

/** What the client asked for by itself, such as the answer to a tool's output, told as failed, and cancelled when it began after all:
 * nobody waits for it any more. */
function isGivenUp(
  { id, created, done }: ResponseReading,
  create: CreateReading,
  { sent, sightings }: Reading,
): boolean {
  if (create.request || !done) return false
  const isTold = sightings.error.some(({ index }) => create.entry.index < index && index < created.index)
  const isStopped = sent.some(
    ({ event, index }) =>
      event.type === "response.cancel" && event.response_id === id && created.index < index && index < done.index,
  )
  return isTold && isStopped
}

interface Asked {
  readonly since: Entry
  readonly request: RequestReading | undefined
  readonly outOfBand: boolean
}

/** Where the app took it back. Without a name, what the default conversation has under way is cancelled. */
const cancelsOf = ({ since, request, outOfBand }: Asked, { sightings }: Reading) =>
  sightings.performed.filter(
    ({ index, operation }) =>
      operation.do === "cancel" &&
      since.index < index &&
      (operation.request === undefined ? !outOfBand : operation.request === request?.name),
  )

/** The app took it back before, or in the round of its end: that it ended is all that the app asked for. */
const isCancelled = (asked: Asked, end: Entry, reading: Reading): boolean =>
  cancelsOf(asked, reading).some(({ index, round }) => index < end.index || round <= end.round)

function losses(reading: Reading): Failure[] {
  return [...reading.connections.values()].flatMap((connection) => {
    const { lost, left, number } = connection
    if (!lost || lost.kind === "refused" || connection.silent || (left && left.index < lost.index)) return []
    const pending = reading.creates.filter(
      (create) =>
        create.connection === number &&
        isPendingAt(create, lost.index, reading) &&
        !isToldAlready(create, lost.index, reading) &&
        !isCancelled({ since: create.entry, ...create }, lost, reading),
    )
    // In Responses the server begins nothing by itself: a response that no create asked for is nobody's.
    const serverMade = reading.responses.some(
      (response) =>
        reading.trace.header.protocol === "realtime" &&
        response.connection === number &&
        !response.create &&
        find.isActiveAt(response, lost.index),
    )
    if (pending.length === 0 && !serverMade) return []
    const awaited = openAt(
      lost.index,
      pending.flatMap(({ request }) => request?.futures ?? []),
    )
    const goesOn = !serverMade && isClosedMeanwhile(lost, pending, reading)
    return [{ index: lost.index, what: nameOf.loss(connection), awaited, response: undefined, isLoss: true, goesOn }]
  })
}

/** Its successor, if one was awaited, may be what is rejected. */
const steering = (reading: Reading): Failure[] =>
  givenBack(reading).map((told) => {
    return { ...told, awaited: [], response: undefined, isLoss: false, isSteering: true, goesOn: false }
  })

/** What a response is in the way of is to be asked for when that has ended; the app closed before (C06). */
function isBusyAtClosing({ index }: Entry, reading: Reading): boolean {
  const closing = find.closing(reading)
  if (!closing || closing.index < index) return false
  return reading.responses.some((response) => !response.outOfBand && find.isActiveAt(response, closing.index))
}

/** A client of Responses may dial again before it calls a request failed; the app closed before it could. */
function isClosedMeanwhile(end: Entry, asked: readonly (CreateReading | undefined)[], reading: Reading): boolean {
  const closing = find.closing(reading)
  if (!closing || closing.index < end.index) return false
  return asked.every((create) => isAboutToAsk(end, closing, create, reading))
}

/** Unanswered or its response active, and not sent again later. */
function isPendingAt(create: CreateReading, index: number, reading: Reading): boolean {
  if (create.refusal || create.entry.index > index || create.response?.maybeDone !== undefined) return false
  if (create.response?.done && create.response.done.index < index) return false
  return create.request
    ? create.request.creates.at(-1) === create
    : !reading.creates.some(({ entry }) => entry.index > index)
}

const openAt = (index: number, futures: readonly FutureReading[] = []): FutureReading[] =>
  futures.filter(
    (future) =>
      find.isOfReply(future) &&
      (future.opened?.index ?? index) < index &&
      !(future.settled[0] && future.settled[0].index < index),
  )

const isOfRound = (entry: Entry, { index }: Failure, { trace }: Reading) => entry.round === trace.entries[index]?.round

/** Its beginning, or output of it, and the failure came at once: a reply that resolves with those hands out a stream. It is for
 * that to tell the failure, or for any other sign of it, as if the failure had come later. */
function streamsAtItsStart(failure: Failure, reading: Reading): FutureReading[] {
  const { index, response } = failure
  const isAtOnce = (at: number) => {
    const entry = reading.trace.entries[at]
    return at < index && entry !== undefined && isOfRound(entry, failure, reading)
  }
  if (!response?.signs.some(isAtOnce)) return []
  const asked = response.create?.request
  const isItsOwn = ({ opened, request }: FutureReading) =>
    opened?.response === undefined ? asked !== undefined && request === asked : opened.response === response.id
  return find.replyFutures(reading).filter((future) => future.opened?.of === "stream" && isItsOwn(future))
}

/** A sign of the failure from its round on. That round counts whole: whether the sign was reported just before the entry
 * that it is a sign of, is a matter of recording. What only the app's close brings about is no sign. */
function isShown({ index, awaited, response, isLoss, isSteering }: Failure, reading: Reading): boolean {
  const round = reading.trace.entries[index]?.round ?? 0
  const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
  const inTime = (entry: Entry) => entry.round >= round && entry.index < closing
  const { settled, error, turn, state } = reading.sightings
  return (
    error.some(inTime) ||
    settled.some(
      (entry) => entry.as === "rejected" && inTime(entry) && (isLoss || isSteering || isOf(entry.future, awaited)),
    ) ||
    turn.some(
      (entry) =>
        entry.is === "ended" &&
        entry.status !== "completed" &&
        tells(entry, response) &&
        (inTime(entry) || (entry.index < closing && response !== undefined && entry.response === response.id)),
    ) ||
    (isLoss && state.some((entry) => entry.state !== "connected" && inTime(entry)))
  )
}

const isOf = (id: string, futures: readonly FutureReading[]) => futures.some((future) => future.id === id)

const tells = (turn: { response?: string; status?: string }, response: ResponseReading | undefined) =>
  turn.status !== undefined && (turn.response === undefined || response === undefined || turn.response === response.id)
