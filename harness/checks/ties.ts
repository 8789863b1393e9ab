// How things that do not name each other are tied: a response to the create that it answers, an error to the create that
// it refuses, a create to the request that it was sent for. No success event of the Realtime API names the client event
// that it answers (PROTOCOL.md B.2), so the order of evidence is:
//
//   response.created → create   1. metadata that repeats a create's metadata;
//                               2. none of it, though every waiting create sent some: the server began by itself;
//                               3. else first come, first served among the waiting creates without metadata, of the same
//                                  band (conversation_id null: out of band), those that were given up last. In doubt where
//                                  several wait, or where the server owes a response to what was spoken (voice-turns.ts).
//   error → create              1. error.event_id; 2. null with code conversation_already_has_active_response when one
//                               create waits; 3. any other null: in doubt.
//   create → request            ties-requests.ts
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { isGivenUpBefore, patienceMs } from "./patience.ts"
import type { CreateReading, Reading, ResponseReading } from "./reading.ts"
import { repeats } from "./ties-claimed.ts"
import { mayAnswerSpeech } from "./voice-turns.ts"

type Metadata = CreateReading["metadata"]

/** Ties a response that was just created. */
export function answeredBy(response: ResponseReading, echoed: Metadata, reading: Reading) {
  const create = echoed ? echoedBy(echoed, response, reading) : nextInLine(response, reading)
  if (!create) return servedByServer(response, reading)
  create.response = response
  response.create = create
}

function echoedBy(echoed: NonNullable<Metadata>, response: ResponseReading, reading: Reading) {
  return reading.creates.find(
    ({ metadata, connection, response: answer }) =>
      !answer && connection === response.connection && metadata !== undefined && repeats(echoed, metadata),
  )
}

function nextInLine(response: ResponseReading, reading: Reading): CreateReading | undefined {
  const waiting = reading.creates.filter(
    (create) => isWaiting(create, response.connection) && create.outOfBand === response.outOfBand && !create.metadata,
  )
  if (waiting.length > 1 || mayAnswerSpeech(response, waiting.length > 0, reading)) response.isPlain = false
  return waiting.find((create) => !isStale(create, response.created, reading)) ?? waiting[0]
}

const isWaiting = (create: CreateReading, connection: number) =>
  !create.response && !create.refusal && create.connection === connection

function isStale(create: CreateReading, now: EntryOf<"server", "event">, reading: Reading): boolean {
  const healed = reading.phases.healed
  return (
    create.doubt !== undefined ||
    now.at - create.entry.at >= patienceMs ||
    (healed !== undefined && healed.index > create.entry.index) ||
    isGivenUpBefore(create, now.index)
  )
}

/** A commit may be answered by the server itself (voice activity): no create has to follow. */
function servedByServer(response: ResponseReading, reading: Reading) {
  if (response.outOfBand) return
  for (const request of reading.requests)
    if (request.operation.do === "commit" && request.evidence && request.creates.length === 0)
      request.servedByServer = true
}

const ownBusiness = new Set(["response_cancel_not_active", "input_audio_buffer_commit_empty", "invalid_tool_call_id"])

/** Ties an `error` event to the create that it refuses, or throws doubt on those that it may have meant. */
export function refusedBy(entry: EntryOf<"server", "event">, reading: Reading) {
  const error = member.members(entry.event.error)
  const named = member.text(error.event_id)
  const isActive = find.saysBusy(entry)
  if (named !== null) {
    const create = reading.creates.find(
      ({ event_id, connection }) => event_id === named && connection === entry.connection,
    )
    if (create) refuse(create, entry, isActive)
    return
  }
  const waiting = reading.creates.filter((create) => isWaiting(create, entry.connection))
  const inLine = waiting.filter((create) => !create.outOfBand)
  const [only] = inLine
  if (isActive && only && inLine.length === 1) return refuse(only, entry, true)
  if (isActive && inLine.length === 0) {
    const mistaken = reading.creates.findLast(
      ({ connection, metadata, response }) =>
        connection === entry.connection && !metadata && response && !response.done,
    )
    if (mistaken) refuse(mistaken, entry, true)
    return
  }
  if (!isOfAnything(error)) return
  for (const create of waiting) create.doubt ??= entry.index
}

const isOfAnything = ({ code, event_id }: Readonly<Record<string, unknown>>) =>
  member.text(event_id) === null && !(typeof code === "string" && (ownBusiness.has(code) || code.startsWith("item_")))

/** An error that came in one chunk with what the create was sent upon, and behind it, is read when that has been sent. */
export function doubtedAtOnce(sent: EntryOf<"client", "event">, { delivered }: Reading): number | undefined {
  const from = delivered.findLastIndex(({ round }) => round < sent.round) + 1
  if (delivered.length - from < 2) return undefined
  const chunk = delivered.slice(from).filter(({ connection }) => connection === sent.connection)
  return chunk.find(({ event }, at) => at > 0 && event.type === "error" && isOfAnything(member.members(event.error)))
    ?.index
}

/** With hindsight, a create that is told of an active response was not answered by the response that seemed to. */
function refuse(create: CreateReading, entry: EntryOf<"server", "event">, isActive: boolean) {
  if (create.refusal) return
  create.refusal = entry
  create.refusalIsPlain = !create.response
  const { response } = create
  if (!isActive || !response || create.metadata) return
  response.create = undefined
  response.isPlain = false
  create.response = undefined
}
