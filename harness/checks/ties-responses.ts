// How things are tied in Responses over WebSocket, where neither creates nor responses name each other:
//
//   response.created → create   the successor of a steered response is of that response's create, and comes before what is
//                               asked afterwards; any other answers the earliest create of its lane that waits.
//   create → request            1. a create that ends with a tool's output goes on with the request whose response called
//                               the tool; 2. one that ends with a user's words is for the request with these words, and
//                               so is one that brings nothing and continues from where they were told ahead (by a warm-up);
//                               3. a warm-up (generate: false) is for the warm-up that waits, or that came to nothing.
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { isGivenUpBefore } from "./patience.ts"
import type { CreateReading, FutureReading, Reading, RequestReading, ResponseReading } from "./reading.ts"

/** The call that an item of input answers. */
export function answersCall(item: unknown): string | undefined {
  const { type, call_id } = member.members(item)
  return type === "function_call_output" ? (member.text(call_id) ?? undefined) : undefined
}

/** The words of an item that the user said; undefined for any other item. */
export function wordsOf(item: unknown): string | undefined {
  const { role, content } = member.members(item)
  if (role !== "user") return undefined
  if (typeof content === "string") return content
  return member
    .list(content)
    .map((part) => member.text(member.members(part).text) ?? "")
    .join("")
}

export function requestAskedBy(create: CreateReading, reading: Reading): RequestReading | undefined {
  const input = create.context?.input ?? []
  if (create.entry.event.generate === false) return warmedUpBy(create, reading)
  const called = answersCall(input.at(-1))
  if (called !== undefined) return reading.calls.get(called)?.response?.create?.request
  const words = lastWordsIn(create)
  if (words === undefined) return toldAhead(create, reading)
  return reading.requests.findLast(({ operation }) => operation.do === "say" && words.includes(operation.text))
}

const lastWordsIn = ({ context }: CreateReading): string | undefined =>
  context?.input.map(wordsOf).findLast((said) => said !== undefined)

/** The words that it would repeat were in the input of the create that it continues from; whoever said them has not been
 * answered yet. */
function toldAhead({ context }: CreateReading, { requests, responses }: Reading): RequestReading | undefined {
  const told = responses.find(({ id }) => id === context?.previous)?.create
  const words = told && lastWordsIn(told)
  return requests.findLast(
    ({ operation, creates }) => operation.do === "say" && words?.includes(operation.text) && !creates.some(isAnswered),
  )
}

const isAnswered = ({ response }: CreateReading) => response?.done !== undefined && response.status !== "failed"

/** The one that has not asked yet, or else the last whose creates came to nothing and that asks again. What was written on a silent
 * line comes to light when that ends, perhaps after it was asked again. */
function warmedUpBy(create: CreateReading, reading: Reading): RequestReading | undefined {
  const { requests, connections } = reading
  const isInVain = ({ refusal, connection, response }: CreateReading) =>
    refusal !== undefined ||
    response?.status === "failed" ||
    (!response?.done && connections.get(connection)?.lost !== undefined)
  const warmUps = requests.filter(({ operation }) => operation.do === "warm-up")
  return (
    warmUps.find(({ creates }) => creates.length === 0) ??
    warmUps.findLast(({ creates }) => creates.every(isInVain)) ??
    (find.isOnDeadLine(create, reading) ? warmUps.at(-1) : undefined)
  )
}

/** `waiting`: the creates of its lane that wait. */
export function createAnsweredBy(
  { event }: EntryOf<"server", "event">,
  waiting: readonly CreateReading[],
  reading: Reading,
) {
  const previous = member.text(member.members(event.response).previous_response_id)
  const parent = reading.responses.find(
    ({ id, done, maybeDone }) => id === previous && (done || maybeDone !== undefined),
  )
  const isAsked = waiting.some(({ context }) => context?.previous === previous)
  if (parent && (isAsked ? owesSuccessor(parent, reading) : isSteered(parent, reading)))
    return { create: parent.create, isSuccessor: true, isPlain: true }
  const create = waiting.find(({ doubt }) => doubt === undefined) ?? waiting[0]
  return { create, isSuccessor: false, isPlain: create === undefined || isNextOf(waiting, create, reading) }
}

/** An end that named nothing known was taken for its own: its caller had been told before, was told then, or it was asked again. The
 * client's word decides what nothing on the wire does. */
export function isTakenAsEnded(create: CreateReading, { trace }: Reading): boolean {
  const { doubt, request } = create
  const round = trace.entries[doubt ?? -1]?.round
  if (round === undefined || !request) return false
  const isToldBy = ({ settled: [end] }: FutureReading) => end?.as === "rejected" && end.round <= round
  return request.futures.some(isToldBy) || request.creates.at(-1) !== create
}

/** Whether all that was asked before it has ended: was taken so by a caller who had waited until then. Where one had been told
 * before, nothing tells, and that may be what comes next. */
export const isNextOf = (waiting: readonly CreateReading[], next: CreateReading, reading: Reading): boolean =>
  waiting
    .slice(0, waiting.indexOf(next))
    .every((create) => isTakenAsEnded(create, reading) && !isGivenUpBefore(create, create.doubt ?? 0))

const isSteered = ({ id }: ResponseReading, { sent }: Reading): boolean =>
  sent.some(({ event }) => event.type === "response.steer" && event.previous_response_id === id)

/** The server took the steering, says not that it waits for the client, and has not begun the successor yet: that comes before what
 * is asked on the lane afterwards, though this continues from the same response (PROTOCOL.md W07, W24). */
function owesSuccessor({ id, create }: ResponseReading, { delivered, responses }: Reading): boolean {
  const told = delivered.filter(({ event }) => member.members(event.steer).previous_response_id === id)
  const last = told.at(-1)?.event.type
  const isBegun = responses.some(
    (response) =>
      response.create === create && member.members(response.created.event.response).previous_response_id === id,
  )
  return last === "response.steer.accepted" && !isBegun
}
