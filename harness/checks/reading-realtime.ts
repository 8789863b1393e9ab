// Reads the events of the Realtime protocol: creates, the responses or errors that answer them, and tool calls.
import type { WireEvent } from "../protocol/event.ts"
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import type { CreateReading, Reading, RequestReading, ResponseReading } from "./reading.ts"
import { answeredBy, doubtedAtOnce, refusedBy } from "./ties.ts"
import { requestOf } from "./ties-requests.ts"

type Sent = EntryOf<"client", "event">
type Delivered = EntryOf<"server", "event">

export function readClientEvent(entry: Sent, reading: Reading) {
  const { event } = entry
  if (event.type === "response.create") readCreate(entry, reading)
  else if (event.type === "conversation.item.create") readItemCreate(entry, reading)
  else if (event.type === "input_audio_buffer.commit") {
    const commits = reading.requests.filter(({ operation, evidence }) => operation.do === "commit" && !evidence)
    // What failed before anything was sent for it, or was of nothing and has been asked for already, is not what is sent now.
    const isAsked = (each: RequestReading) => each.creates.length > 0 && find.isOfNothing(each, reading)
    const request = commits.find((each) => !isToldOff(each) && !isAsked(each)) ?? commits[0]
    if (request) request.evidence = entry
  }
}

const isToldOff = ({ futures, refused }: RequestReading): boolean =>
  refused !== undefined || futures.some(({ settled }) => settled[0]?.as === "rejected")

function readCreate(entry: Sent, reading: Reading) {
  const asked = member.members(entry.event.response)
  const create: CreateReading = {
    entry,
    connection: entry.connection,
    event_id: entry.event.event_id,
    metadata: member.object(asked.metadata) ?? undefined,
    outOfBand: asked.conversation === "none",
    instructions: member.text(asked.instructions) ?? undefined,
    afterToolOutput: toolOutputSinceLastCreate(entry, reading),
    request: undefined,
    mayBeFor: [],
    response: undefined,
    refusal: undefined,
    refusalIsPlain: false,
    doubt: doubtedAtOnce(entry, reading),
    context: undefined,
  }
  create.request = requestOf(create, reading)
  create.request?.creates.push(create)
  reading.creates.push(create)
}

/** A create that comes after a tool's output, with no user item between, goes on with the reply that called the tool. */
function toolOutputSinceLastCreate(entry: Sent, reading: Reading): number | undefined {
  for (let at = reading.sent.length - 2; at >= 0; at--) {
    const sent = reading.sent[at]
    if (!sent || sent.connection !== entry.connection || sent.event.type === "response.create") return undefined
    if (sent.event.type !== "conversation.item.create") continue
    const { type } = member.members(sent.event.item)
    return type === "function_call_output" ? sent.index : undefined
  }
  return undefined
}

function readItemCreate(entry: Sent, reading: Reading) {
  const item = member.members(entry.event.item)
  if (item.type === "function_call_output") {
    const call_id = member.text(item.call_id)
    if (call_id !== null) callOf(call_id, "", entry, reading).outputs.push(entry)
    return
  }
  if (item.role !== "user") return
  const texts = member.list(item.content).map((part) => member.text(member.members(part).text) ?? "")
  const request = reading.requests.find(
    ({ operation, evidence }) =>
      operation.do === "say" && !evidence && texts.some((text) => text.includes(operation.text)),
  )
  if (request) request.evidence = entry
}

const isRepeat = ({ event, connection }: Delivered, told: Delivered) =>
  connection === told.connection && event.type === told.event.type && bearerOf(event) === bearerOf(told.event)

const bearerOf = (event: WireEvent) => member.members(event.response).id ?? event.response_id

/** What comes once more, of the same response and under the event_id that it had, tells nothing new: no sign of life, and no second
 * refusal (S09). */
export function readServerEvent(entry: Delivered, reading: Reading) {
  const { event } = entry
  if (typeof event.event_id === "string") {
    const told = reading.told.get(event.event_id)
    if (told && isRepeat(entry, told)) return
    reading.told.set(event.event_id, entry)
  }
  if (event.type === "response.created") readCreated(entry, reading)
  else if (event.type === "response.done") readDone(entry, reading)
  else if (event.type === "error") refusedBy(entry, reading)
  else if (event.type === "response.output_item.done" || event.type === "conversation.item.done")
    readItemDone(event.item, entry, reading)
  if (typeof event.response_id === "string") readSign(event.response_id, entry, reading)
}

function readCreated(entry: Delivered, reading: Reading) {
  const given = member.members(entry.event.response)
  const id = member.text(given.id)
  if (id === null) return
  const known = responseOf(id, entry.connection, reading)
  if (known) return void known.signs.push(entry.index)
  const response: ResponseReading = {
    id,
    label: id.startsWith("resp_") ? id.slice("resp_".length) : id,
    connection: entry.connection,
    created: entry,
    outOfBand: given.conversation_id === null,
    create: undefined,
    isPlain: true,
    done: undefined,
    status: undefined,
    maybeDone: earlyDone(id, entry, reading),
    signs: [entry.index],
    streamsText: false,
    streamsAudio: false,
    lane: undefined,
    calls: [],
  }
  reading.responses.push(response)
  answeredBy(response, member.object(given.metadata) ?? undefined, reading)
}

/** A done that was delivered before its created (reordered by a fault). */
function earlyDone(id: string, entry: Delivered, reading: Reading): number | undefined {
  return reading.delivered.find(
    ({ event, connection }) =>
      event.type === "response.done" && connection === entry.connection && member.members(event.response).id === id,
  )?.index
}

function readDone(entry: Delivered, reading: Reading) {
  const given = member.members(entry.event.response)
  for (const item of member.list(given.output)) readItemDone(item, entry, reading)
  const id = member.text(given.id)
  if (id === null) {
    for (const response of reading.responses)
      if (response.connection === entry.connection && !response.done) response.maybeDone ??= entry.index
    return
  }
  const response = responseOf(id, entry.connection, reading)
  if (!response || response.done) return
  response.done = entry
  response.status = member.text(given.status) ?? undefined
}

function readItemDone(given: unknown, entry: Delivered, reading: Reading) {
  const item = member.members(given)
  const call_id = member.text(item.call_id)
  if (item.type !== "function_call" || call_id === null) return
  const call = callOf(call_id, member.text(item.name) ?? "", entry, reading)
  const response = responseOf(member.text(entry.event.response_id) ?? "", entry.connection, reading)
  call.response ??= response
  // An item without a status is taken for completed: some dialects leave it out (PROTOCOL.md A.6).
  if (item.status !== "completed" && item.status !== undefined) return
  call.completed ??= { index: entry.index, arguments: member.text(item.arguments) ?? undefined }
  if (response && !response.calls.includes(call)) response.calls.push(call)
}

/** GA names, and those of the beta (PROTOCOL.md A.5). */
const wordDeltas = new Set([
  "response.output_text.delta",
  "response.output_audio_transcript.delta",
  "response.text.delta",
  "response.audio_transcript.delta",
])
const soundDeltas = new Set(["response.output_audio.delta", "response.audio.delta"])

function readSign(id: string, entry: Delivered, reading: Reading) {
  const response = responseOf(id, entry.connection, reading)
  if (!response) return
  response.signs.push(entry.index)
  const { type } = entry.event
  if (wordDeltas.has(type)) response.streamsText = true
  else if (soundDeltas.has(type)) response.streamsAudio = true
}

function responseOf(id: string, connection: number, reading: Reading): ResponseReading | undefined {
  return reading.responses.find((response) => response.id === id && response.connection === connection)
}

function callOf(call_id: string, name: string, { index, connection }: Sent | Delivered, reading: Reading) {
  const known = reading.calls.get(call_id)
  if (known) return known
  const call = { call_id, name, connection, since: index, response: undefined, completed: undefined, outputs: [] }
  reading.calls.set(call_id, call)
  return call
}
