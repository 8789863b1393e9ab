// An error about a request says nothing of the connection that it came over.
import { responsesInventory } from "../protocol/parse.ts"
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { isLimit } from "./asking-again.ts"
import { find } from "./find.ts"
import { givenUp, isUnread } from "./given-up.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import { isSilentAt, patienceMs } from "./patience.ts"
import type { ConnectionReading, CreateReading, EndReading, Reading, ResponseReading } from "./reading.ts"
import { errorIn } from "./reading-responses.ts"

interface ApiError extends Trigger {
  readonly end: EndReading
}

/**
 * Judged are errors that will be the same on any connection: not a server's fault (5xx), nor a limit of rate or of the
 * connection. The connection must not be closed for them, and the next request goes over it or over another that is there.
 * Fair: not once the app has closed, nor where the connection is lost, silent, busy or as old as its limit allows, nor where
 * the server has said that this limit is reached, something on the connection was waited for in vain, or a frame that is no
 * event came in the same round, or made the client give the connection up (given-up.ts).
 */
export const healthyConnectionIsReused = invariant(
  {
    id: "healthy-connection-is-reused",
    title: "An error that concerns a request alone does not cost the connection: the next request goes over it",
    cites: ["error", "response.failed", "W02", "W04"],
    why: "Each refusal costs a handshake, all that the connection remembers, and the replies that others await on it.",
    protocols: ["responses"],
  },
  (reading): ApiError[] => {
    const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
    return reading.ends
      .filter(
        ({ entry, connection }) =>
          entry.index < closing && isOfRequest(entry) && isUp(connection, entry, reading) && !isUnread(entry, reading),
      )
      .map((end) => ({ index: end.entry.index, end }))
  },
  ({ index, end }, reading): Finding[] => {
    const code = codeOf(end.entry) ?? "an error without a code"
    const connection = reading.connections.get(end.connection)
    const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
    const { left, lost } = connection ?? {}
    const isLeftAtOnce = left && left.round === end.entry.round && left.index > index && left.index < closing && !lost
    if (isLeftAtOnce) {
      if (isStuck(end.connection, end.entry, reading) || isSpoilt(left, reading)) return []
      if (isLimited(end.connection, left.index, reading)) return []
      const message = `Connection ${end.connection} was healthy after ${code}, which concerned one request; the client closed it.`
      return [{ message, cause: index, offence: left.index }]
    }
    const next = reading.creates.find(({ entry }) => entry.index > index && entry.index < closing)
    const dialled = next && next.connection !== end.connection && dialFor(next, index, reading)
    if (!dialled || !connection || next.context?.lane !== end.lane || !isFree(connection, end, dialled, reading))
      return []
    const message = `Connection ${end.connection} was healthy after ${code}, which concerned one request; the next request opened another.`
    return [{ message, cause: index, offence: dialled.index }]
  },
)

const ownAgeMs = 50 * 60_000
const passing =
  /^(websocket_|server_error|internal|overloaded|slow_down|rate_limit|requests|tokens|timeout|service_unavailable|bad_gateway)/

function isOfRequest(entry: EntryOf<"server", "event">): boolean {
  const { type, status, status_code } = entry.event
  if (type !== "error" && type !== "response.failed") return false
  const http = member.number(status) ?? member.number(status_code) ?? 400
  const code = codeOf(entry)
  return http < 500 && http !== 429 && http !== 408 && (code === null || !passing.test(code))
}

function codeOf(entry: EntryOf<"server", "event">): string | null {
  const failed = member.object(member.members(entry.event.response).error)
  return member.text((failed ?? errorIn(entry)).code)
}

function isUp(number: number, { index, at }: EntryOf<"server", "event">, reading: Reading): boolean {
  const connection = reading.connections.get(number)
  if (!connection?.connects || connection.silent || at - connection.connects.at >= ownAgeMs) return false
  const end = connection.lost ?? connection.left
  return !end || end.index > index
}

/** What the client closed it for may be a frame that came at the same time and is no event (PROTOCOL.md M05, M07). */
const isSpoilt = ({ index, round, connection }: EntryOf<"client", "closed">, { trace }: Reading) =>
  trace.entries.some(
    (entry) =>
      entry.lane === "server" &&
      (entry.kind === "text" || entry.kind === "binary") &&
      entry.connection === connection &&
      entry.round === round &&
      entry.index < index,
  )

/** The connection of that create, if it was dialled after the error. */
const dialFor = ({ connection }: CreateReading, index: number, { connections }: Reading) => {
  const connects = connections.get(connection)?.connects
  return connects && connects.index > index ? connects : undefined
}

/** The server has said that its time is over. */
const isLimited = (number: number, before: number, { delivered }: Reading) =>
  delivered.some((entry) => entry.index < before && entry.connection === number && isLimit(entry))

/** Something was waited for in vain on it, on whatever lane. Who waited so has reason to trust the connection no more. */
const isStuck = (number: number, now: Entry, reading: Reading) =>
  isAnswerOverdue(number, now, reading) ||
  isSuccessorOverdue(number, now, reading) ||
  isReplyOverdue(number, now, reading)

/** What has begun, by whomever it was asked for, and has not ended: as long. */
const isReplyOverdue = (number: number, now: Entry, reading: Reading) =>
  reading.responses.some((response) => {
    const { connection, created, done } = response
    if (connection !== number || created.index > now.index || (done && done.index < now.index)) return false
    return isSilentAt(response, now, reading)
  })

/** What was asked: ten seconds without a word on its lane; an event of an unknown type is none, nor is an end told again. */
const isAnswerOverdue = (number: number, now: Entry, { creates, delivered, responses }: Reading) =>
  creates.some(({ entry, connection, context, response, refusal }) => {
    if (connection !== number || entry.index > now.index) return false
    const end = refusal ?? response?.done
    const until = end && end.index < now.index ? end : now
    const heard = delivered.filter(
      ({ index, connection: its, event }) =>
        its === number &&
        Object.hasOwn(responsesInventory.server, event.type) &&
        !responses.some(({ id, done }) => done && done.index < index && id === member.members(event.response).id) &&
        (event.stream_id ?? undefined) === context?.lane &&
        entry.index < index &&
        index < until.index,
    )
    return [...heard, until].some(({ at }, place) => at - (heard[place - 1] ?? entry).at >= patienceMs)
  })

/** What was to follow by itself on a response that was steered and has ended: as long. */
const isSuccessorOverdue = (number: number, now: Entry, reading: Reading) =>
  awaitingSuccessors(number, now, reading).some(({ done }) => now.at - (done?.at ?? now.at) >= patienceMs)

/** Steered responses that have ended, and that nothing has followed yet. */
const awaitingSuccessors = (number: number, now: Entry, { delivered, responses }: Reading): ResponseReading[] =>
  delivered.flatMap(({ event, index, connection }) => {
    if (event.type !== "response.steer.accepted" || connection !== number || index > now.index) return []
    const steered = member.members(event.steer).previous_response_id
    const isBegun = responses.some(
      ({ created }) =>
        created.index < now.index && member.members(created.event.response).previous_response_id === steered,
    )
    const parent = responses.find(({ id, done }) => id === steered && done !== undefined && done.index < now.index)
    return parent && !isBegun ? [parent] : []
  })

/** Whether a request could have gone over it instead of being dialled for: it stood, nothing was under way there, and it was not
 * too old. */
function isFree(connection: ConnectionReading, { lane }: EndReading, dialled: Entry, reading: Reading): boolean {
  const { index, at } = dialled
  const { lost, left, number, connects } = connection
  if ((lost && lost.index < index) || (left && left.index < index && lost) || at - (connects?.at ?? 0) >= ownAgeMs)
    return false
  if ((left && isSpoilt(left, reading)) || (givenUp(number, reading)?.index ?? index) < index) return false
  const isPending = reading.creates.some(
    ({ entry, connection: its, context, response, refusal }) =>
      its === number &&
      context?.lane === lane &&
      entry.index < index &&
      !(refusal && refusal.index < index) &&
      !(response?.done && response.done.index < index),
  )
  // The successor of a steered response is one that no create asked for.
  const isRunning = reading.responses.some(
    (response) => response.connection === number && response.lane === lane && find.isActiveAt(response, index),
  )
  const isAwaited = awaitingSuccessors(number, dialled, reading).some((parent) => parent.lane === lane)
  return (
    !isPending && !isRunning && !isAwaited && !isStuck(number, dialled, reading) && !isLimited(number, index, reading)
  )
}
