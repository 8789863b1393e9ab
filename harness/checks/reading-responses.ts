// Reads the events of Responses over WebSocket. Almost nothing names what it belongs to: within a lane of a connection
// responses come in the order of their creates, and everything between response.created and the terminal is of the one
// that is under way (PROTOCOL.md C.2). A create is tied to the request whose words it ends with (ties-responses.ts).
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import type { CallReading, CreateReading, EndReading, Reading, ResponseReading } from "./reading.ts"
import { answersCall, createAnsweredBy, isNextOf, isTakenAsEnded, requestAskedBy } from "./ties-responses.ts"

type Sent = EntryOf<"client", "event">
type Delivered = EntryOf<"server", "event">

const laneOf = ({ event }: Sent | Delivered): string | undefined => member.text(event.stream_id) ?? undefined

export function readResponsesClientEvent(entry: Sent, reading: Reading) {
  const { event } = entry
  if (event.type !== "response.create") return
  const previous = member.text(event.previous_response_id) ?? undefined
  const input = typeof event.input === "string" ? [{ role: "user", content: event.input }] : member.list(event.input)
  const create: CreateReading = {
    entry,
    connection: entry.connection,
    event_id: undefined,
    metadata: undefined,
    outOfBand: false,
    instructions: member.text(event.instructions) ?? undefined,
    afterToolOutput: undefined,
    request: undefined,
    response: undefined,
    refusal: undefined,
    refusalIsPlain: false,
    doubt: undefined,
    mayBeFor: [],
    context: { lane: laneOf(entry), previous, input, stores: event.store !== false },
  }
  create.request = requestAskedBy(create, reading)
  if (create.request) create.request.evidence ??= entry
  if (create.request) addTo(create.request.creates, create, reading)
  reading.creates.push(create)
  for (const item of input) readOutput(item, entry, previous !== undefined, reading)
}

/** What was written on a silent line comes to light when that ends: before what went over other lines since it was silent. */
function addTo(creates: CreateReading[], create: CreateReading, { connections }: Reading) {
  const silent = connections.get(create.connection)?.silent?.index ?? create.entry.index
  const since = creates.findIndex(({ entry }) => entry.index > silent)
  creates.splice(since < 0 ? creates.length : since, 0, create)
}

/** A whole context repeats outputs that were sent before; that is no sending of theirs. */
function readOutput(item: unknown, entry: Sent, isNew: boolean, reading: Reading) {
  const call_id = answersCall(item)
  if (call_id === undefined) return
  const call = callOf(call_id, "", entry, reading)
  if (isNew || call.outputs.length === 0) call.outputs.push(entry)
}

const terminals = new Set(["response.completed", "response.failed", "response.incomplete"])

export function readResponsesServerEvent(entry: Delivered, reading: Reading) {
  const { type, item, response } = entry.event
  if (type === "response.created") return readCreated(entry, reading)
  if (terminals.has(type)) return readTerminal(entry, reading)
  if (type === "error") return readError(entry, reading)
  const named = member.text(member.members(response).id)
  const running = named === null ? runningOn(entry, reading) : responseOf(named, entry, reading)
  if (!running) return
  running.signs.push(entry.index)
  if (type === "response.output_text.delta") running.streamsText = true
  if (type === "response.output_item.done") readItemDone(item, entry, running, reading)
}

function readCreated(entry: Delivered, reading: Reading) {
  const given = member.members(entry.event.response)
  const id = member.text(given.id)
  if (id === null) return
  const known = responseOf(id, entry, reading)
  if (known) return void known.signs.push(entry.index)
  const before = runningOn(entry, reading)
  // The lane has gone on: the end of the one before was lost.
  if (before) before.maybeDone ??= entry.index
  const { create, isSuccessor, isPlain } = createAnsweredBy(entry, waitingOn(entry, reading), reading)
  const response: ResponseReading = {
    id,
    label: id.startsWith("resp_") ? id.slice("resp_".length) : id,
    connection: entry.connection,
    created: entry,
    outOfBand: false,
    create,
    isPlain,
    done: undefined,
    status: undefined,
    maybeDone: undefined,
    signs: [entry.index],
    streamsText: false,
    streamsAudio: false,
    lane: laneOf(entry),
    calls: [],
  }
  reading.responses.push(response)
  if (create && !isSuccessor) create.response = response
}

function readTerminal(entry: Delivered, reading: Reading) {
  const { type, response: given } = entry.event
  const { id, output } = member.members(given)
  const known = responseOf(id, entry, reading)
  const running = underWayOn(entry, reading)
  const before = type === "response.failed" && !running ? errorBefore(entry, reading) : undefined
  if (known) for (const item of member.list(output)) readItemDone(item, entry, known, reading)
  if (known && !known.done) {
    known.done = entry
    known.status = type.slice("response.".length)
  }
  if (known) known.signs.push(entry.index)
  // Without an id, or with one that was never seen, it may be the end of what is under way, or of what waits.
  if (!known && !before && !isToldAgain(entry, reading)) {
    if (running) running.maybeDone = entry.index
    else throwDoubt(waitingOn(entry, reading), entry, reading)
  }
  addEnd(entry, known?.create ?? before?.create, known ?? before?.response, reading)
}

/** The end of a response that never began, once more. */
function isToldAgain({ connection, event: { response } }: Delivered, { ends }: Reading): boolean {
  const id = member.text(member.members(response).id)
  const isOf = ({ event, ...entry }: Delivered) =>
    entry.connection === connection && member.members(event.response).id === id
  return id !== null && ends.some(({ entry }) => isOf(entry))
}

/** The error that was the last word of this lane: its own response.failed may follow (PROTOCOL.md C.4, W05). */
function errorBefore(entry: Delivered, reading: Reading): EndReading | undefined {
  const lane = laneOf(entry)
  const last = reading.ends.findLast((end) => end.connection === entry.connection && end.lane === lane)
  const isStale = reading.responses.some(
    ({ created, connection, lane: its }) =>
      connection === entry.connection && its === lane && created.index > (last?.entry.index ?? 0),
  )
  return last?.isError && !isStale ? last : undefined
}

export const connectionLimit = "websocket_connection_limit_reached"
export const parentNotFound = "previous_response_not_found"

/** The members of an error in whatever shape (PROTOCOL.md C.4). */
export const errorIn = ({ event }: Delivered) => member.object(event.error) ?? event

function readError(entry: Delivered, reading: Reading) {
  if (errorIn(entry).code === connectionLimit) {
    for (const response of reading.responses)
      if (response.connection === entry.connection && !response.done) fail(response, entry, reading)
    for (const create of reading.creates)
      if (create.connection === entry.connection && isWaiting(create)) refuse(create, entry, reading)
    return
  }
  const running = runningOn(entry, reading)
  const asked = waitingOn(entry, reading)
  const waiting = firstStillWaiting(asked, reading)
  const number = member.number(entry.event.sequence_number) ?? 0
  if (running && errorIn(entry).code === parentNotFound) throwDoubt(asked.filter(continues), entry, reading)
  else if (running?.maybeDone !== undefined && number === 0 && waiting) endEither(asked, entry, reading)
  else if (running) fail(running, entry, reading)
  else if (number !== 0) addEnd(entry, undefined, lastOn(entry, reading), reading)
  else if (!waiting || isOfAnother(entry, waiting)) return
  else if (isNextOf(asked, waiting, reading)) refuse(waiting, entry, reading)
  else endEither(asked, entry, reading)
}

/** What has begun has found its parent: an error that misses one has overtaken an end, and refuses what was asked behind it, if
 * anything. */
const continues = ({ context }: CreateReading) => context?.previous !== undefined

function throwDoubt(asked: readonly CreateReading[], { index }: Delivered, reading: Reading) {
  const create = firstStillWaiting(asked, reading)
  if (create) create.doubt ??= index
}

/** The end of what is under way, or asked before, or, since that may have ended, of the first that waits: nothing tells which. */
function endEither(asked: readonly CreateReading[], entry: Delivered, reading: Reading) {
  throwDoubt(asked, entry, reading)
  addEnd(entry, undefined, undefined, reading)
}

/** Of what waits, the first that its client does not take for ended; else the first. */
const firstStillWaiting = (asked: readonly CreateReading[], reading: Reading): CreateReading | undefined =>
  asked.find((create) => !isTakenAsEnded(create, reading)) ?? asked[0]

/** What continues from nothing lacks no parent: told twice. */
const isOfAnother = (entry: Delivered, { context }: CreateReading) =>
  context?.previous === undefined && errorIn(entry).code === parentNotFound

function fail(response: ResponseReading, entry: Delivered, reading: Reading) {
  response.done = entry
  response.status = "failed"
  addEnd(entry, response.create, response, reading)
}

function refuse(create: CreateReading, entry: Delivered, reading: Reading) {
  create.refusal = entry
  create.refusalIsPlain = true
  addEnd(entry, create, undefined, reading)
}

function addEnd(
  entry: Delivered,
  create: CreateReading | undefined,
  response: ResponseReading | undefined,
  reading: Reading,
) {
  const { connection, event } = entry
  const isError = event.type === "error"
  const ended = response?.isPlain === false ? undefined : (create ?? response?.create)
  reading.ends.push({ entry, connection, lane: laneOf(entry), create: ended, response, isError })
}

const isWaiting = ({ response, refusal }: CreateReading) => !response && !refusal

function waitingOn(entry: Delivered, { creates }: Reading): CreateReading[] {
  const lane = laneOf(entry)
  return creates.filter(
    (create) => create.connection === entry.connection && create.context?.lane === lane && isWaiting(create),
  )
}

const lastOn = (entry: Delivered, { responses }: Reading) =>
  responses.findLast(({ connection, lane }) => connection === entry.connection && lane === laneOf(entry))

function runningOn(entry: Delivered, reading: Reading): ResponseReading | undefined {
  const last = lastOn(entry, reading)
  return last && !last.done ? last : undefined
}

/** The one that runs and of which nothing has come that may have been its end. */
function underWayOn(entry: Delivered, reading: Reading): ResponseReading | undefined {
  const running = runningOn(entry, reading)
  return running?.maybeDone === undefined ? running : undefined
}

const responseOf = (id: unknown, { connection }: Delivered, reading: Reading) =>
  reading.responses.find((response) => response.id === id && response.connection === connection)

function readItemDone(given: unknown, entry: Delivered, response: ResponseReading, reading: Reading) {
  const item = member.members(given)
  const call_id = member.text(item.call_id)
  if (item.type !== "function_call" || call_id === null) return
  const call = callOf(call_id, member.text(item.name) ?? "", entry, reading)
  call.response ??= response
  if (item.status !== "completed" && item.status !== undefined) return
  call.completed ??= { index: entry.index, arguments: member.text(item.arguments) ?? undefined }
  if (!response.calls.includes(call)) response.calls.push(call)
}

function callOf(call_id: string, name: string, { index, connection }: Sent | Delivered, reading: Reading): CallReading {
  const known = reading.calls.get(call_id)
  if (known) return known
  const call = { call_id, name, connection, since: index, response: undefined, completed: undefined, outputs: [] }
  reading.calls.set(call_id, call)
  return call
}
