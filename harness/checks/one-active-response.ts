// Never more than one active response in the default conversation, judged from what the client could know.
import { read as member } from "../protocol/realtime/read.ts"
import { find } from "./find.ts"
import { invariant, type Trigger } from "./invariant.ts"
import { isSilentAt, mayBeGivenUpBefore, patienceMs } from "./patience.ts"
import type { CreateReading, Reading, ResponseReading } from "./reading.ts"
import { repeats } from "./ties-claimed.ts"
import { nameOf } from "./words.ts"

interface Created extends Trigger {
  readonly create: CreateReading
}

/**
 * Fair: a create that crosses a response.created which the client did not ask for (or had given up) is lawful, so such a
 * response counts only from the round after its delivery. A create that an error may have meant, that was given up, for one
 * of the requests that it may be for, that the end of a response which nobody saw begin may have answered (S05), or that
 * has been unanswered for ten seconds with no future pending for sure, binds no more; nor does a response silent for ten seconds.
 * The server has one at a time: a response counts no longer once another of the default conversation has begun on its
 * connection (K06).
 */
export const oneActiveResponse = invariant(
  {
    id: "one-active-response",
    title: "No second response.create for the default conversation while one is unanswered or its response is active",
    cites: ["response.create", "conversation_already_has_active_response", "F02", "K05", "C09"],
    why: "The server refuses the second create, so the turn that it was meant for is silently lost.",
    protocols: ["realtime"],
  },
  (reading): Created[] =>
    reading.creates.filter(({ outOfBand }) => !outOfBand).map((create) => ({ index: create.entry.index, create })),
  ({ create }, reading) => {
    const before = blockingCreate(create, reading) ?? blockingResponse(create, reading)
    if (!before) return []
    const message = `${nameOf.create(create)} must wait: it was sent while ${before.what}.`
    return [{ message, cause: before.cause, offence: create.entry.index }]
  },
)

function blockingCreate(create: CreateReading, reading: Reading) {
  const earlier = reading.creates.findLast((other) => isUnansweredAt(create, other, reading))
  return earlier && { what: `${nameOf.create(earlier)} was unanswered`, cause: earlier.entry.index }
}

function isUnansweredAt({ entry: now, connection }: CreateReading, earlier: CreateReading, reading: Reading): boolean {
  if (find.isOnDeadLine(earlier, reading)) return false
  if (earlier.outOfBand || earlier.connection !== connection || earlier.entry.index >= now.index) return false
  if (earlier.refusal && earlier.refusal.index < now.index) return false
  if (earlier.response && earlier.response.created.index < now.index) return false
  if (earlier.doubt !== undefined && earlier.doubt < now.index) return false
  if (mayHaveEnded(earlier, now.index, reading)) return false
  if (
    now.at > earlier.entry.at &&
    mayBeGivenUpBefore(earlier, now.index) &&
    !cancelledBetween(earlier, now.index, reading)
  )
    return false
  const awaited = earlier.request?.futures.some(({ settled }) => !settled[0] || settled[0].index > now.index) ?? false
  return (awaited && !mayBeGivenUpBefore(earlier, now.index)) || now.at - earlier.entry.at < patienceMs
}

/** Its `response.created` may have been lost: the end of a response came that nobody saw begin, and nothing in it is another's. */
function mayHaveEnded({ entry, connection, metadata }: CreateReading, before: number, reading: Reading): boolean {
  return reading.delivered.some(({ event, index, connection: its }) => {
    if (event.type !== "response.done" || its !== connection || index < entry.index || index > before) return false
    const { id, metadata: echoed, conversation_id } = member.members(event.response)
    const isKnown = reading.responses.some(
      (response) => response.id === id && response.connection === connection && response.created.index < index,
    )
    return !isKnown && conversation_id !== null && (!metadata || repeats(member.members(echoed), metadata))
  })
}

/** A create that the app cancelled, by name or with whatever is under way, is not a create that was never answered: its response
 * still runs (C12). */
function cancelledBetween(create: CreateReading, until: number, { sightings }: Reading): boolean {
  const { entry, request, mayBeFor } = create
  const names = new Set([undefined, request?.name, ...mayBeFor.map(({ name }) => name)])
  return sightings.performed.some(
    ({ index, operation }) =>
      operation.do === "cancel" && names.has(operation.request) && index > entry.index && index < until,
  )
}

function blockingResponse(create: CreateReading, reading: Reading) {
  const active = reading.responses.findLast((response) => isKnownActiveAt(create, response, reading))
  if (!active) return undefined
  const whose = active.isPlain && !active.create ? ", which the server started by itself," : ""
  return { what: `response ${active.id}${whose} was active`, cause: active.created.index }
}

const isDefault = ({ outOfBand, create }: ResponseReading): boolean => !outOfBand && !create?.outOfBand

const isSuperseded = ({ created, connection }: ResponseReading, before: number, { responses }: Reading): boolean =>
  responses.some(
    (next) =>
      isDefault(next) &&
      next.connection === connection &&
      next.created.index > created.index &&
      next.created.index < before,
  )

function isKnownActiveAt(
  { entry: now, connection }: CreateReading,
  response: ResponseReading,
  reading: Reading,
): boolean {
  if (!isDefault(response) || response.connection !== connection || !find.isActiveAt(response, now.index)) return false
  if (isSuperseded(response, now.index, reading)) return false
  const { create, created } = response
  if (created.round >= now.round && !(create && response.isPlain && isAwaitedAt(create, created.index))) return false
  return !isSilentAt(response, now, reading)
}

/** What an error may have meant, and what may be given up, is not awaited, even if both came in one chunk with its answer. */
const isAwaitedAt = (create: CreateReading, index: number): boolean =>
  !mayBeGivenUpBefore(create, index) && (create.doubt === undefined || create.doubt > index)
