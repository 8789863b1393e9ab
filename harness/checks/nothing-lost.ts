// What the app asked to send is sent, or reported failed.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { invariant, type Trigger } from "./invariant.ts"
import { isKeptForNoSession } from "./kept-updates.ts"
import type { Reading, RequestReading } from "./reading.ts"

type Performed = EntryOf<"app", "performed">

interface Asked extends Trigger {
  readonly performed: Performed
}

/**
 * Fair: two says may share one response.create, and a request without a future may share another's; a commit of nothing, or of
 * what the client had committed by itself, need not be sent, if the reply is asked for; a cancel or a close that follows may take
 * the request back; what is written to a half-open connection is lost by nobody's fault; an update may be kept for the next
 * connection. Reported failed: its future or connect rejected, the operation refused, an error or a disconnection sighted
 * afterwards, or, where the app closes, a call rejected that is nobody's by name.
 */
export const nothingLost = invariant(
  {
    id: "nothing-lost",
    title: "What the app asked to send is sent, or reported failed",
    cites: ["conversation.item.create", "response.create", "session.update", "C09", "C14"],
    why: "A message that vanishes in a queue is a user who was not heard, and nobody who could repeat it.",
    protocols: ["realtime", "responses"],
  },
  (reading): Asked[] =>
    reading.sightings.performed
      .filter(
        (performed) =>
          isAsking(performed) &&
          !isTakenBack(performed, reading) &&
          !isSilentFor(performed, reading) &&
          !isKeptForNoSession(performed, reading),
      )
      .map((performed) => ({ index: performed.index, performed })),
  ({ index, performed }, reading) => {
    const missing = missingFor(performed, reading)
    if (!missing || isReported(performed, reading)) return []
    const { operation } = performed
    const name = "request" in operation ? ` "${operation.request}"` : ""
    const message = `${operation.do}${name} must lead to ${missing} or be reported failed; by the end neither had happened.`
    return [{ message, cause: index, offence: reading.last }]
  },
)

const isAsking = ({ operation }: Performed) =>
  operation.do === "say" || operation.do === "request" || operation.do === "commit" || operation.do === "update"

function isTakenBack({ index, round, operation }: Performed, reading: Reading): boolean {
  const name = "request" in operation ? operation.request : undefined
  const closing = find.closing(reading)
  if (closing && closing.index > index && closing.round === round) return true
  return reading.sightings.performed.some(
    ({ index: at, operation: later }) =>
      at > index && later.do === "cancel" && (later.request === undefined || later.request === name),
  )
}

function isSilentFor({ index }: Performed, reading: Reading): boolean {
  const silent = find.connectionAt(index, reading)?.silent
  return silent !== undefined || find.isPoolHalfOpenAt(index, reading)
}

/** The client event that is owed and was not seen. */
function missingFor({ index, operation }: Performed, reading: Reading): string | undefined {
  if (operation.do === "update")
    return reading.sent.some((sent) => sent.index > index && updates(sent, operation.instructions))
      ? undefined
      : "session.update"
  const request = reading.requests.find(({ performed }) => performed.index === index)
  if (!request) return undefined
  const isAnyhowAsked = request.creates.length > 0 && find.isOfNothing(request, reading)
  if (operation.do === "commit" && !request.evidence && !isAnyhowAsked && !isCommittedAhead(request, reading))
    return "input_audio_buffer.commit"
  const isSaid = request.evidence !== undefined || request.creates.length > 0
  const isResponses = reading.trace.header.protocol === "responses"
  if (isResponses) return isSaid ? undefined : "response.create"
  if (operation.do === "say" && !isSaid) return "conversation.item.create"
  const since = request.evidence?.index ?? index
  const mayShare = operation.do === "say" || request.futures.length === 0
  const isAskedFor = reading.creates.some(
    ({ request: other, entry, outOfBand, mayBeFor }) =>
      other === request ||
      mayBeFor.includes(request) ||
      (entry.index > since && outOfBand === request.outOfBand && (mayShare || other === undefined)),
  )
  // Without a create of the client's, voice activity may have answered a commit.
  return isAskedFor || request.servedByServer ? undefined : "response.create"
}

/** The client had committed, by itself, what was spoken last. */
function isCommittedAhead({ performed: { index } }: RequestReading, { sightings, sent, requests }: Reading): boolean {
  const spoken = sightings.performed.findLast((entry) => entry.operation.do === "speak" && entry.index < index)
  return sent.some(
    (entry) =>
      entry.event.type === "input_audio_buffer.commit" &&
      entry.index > (spoken?.index ?? index) &&
      entry.index < index &&
      !requests.some(({ evidence }) => evidence === entry),
  )
}

function updates({ event }: EntryOf<"client", "event">, instructions: string): boolean {
  if (event.type !== "session.update") return false
  return member.text(member.members(event.session).instructions)?.includes(instructions) ?? false
}

function isReported({ index, operation }: Performed, reading: Reading): boolean {
  const { settled, refused, error, state } = reading.sightings
  const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
  const isAfter = (entry: Entry) => entry.index > index
  const name = "request" in operation ? operation.request : undefined
  return (
    refused.some((entry) => isAfter(entry) && "request" in entry.operation && entry.operation.request === name) ||
    settled.some((entry) => isAfter(entry) && entry.as === "rejected" && concerns(entry, name, reading)) ||
    error.some(isAfter) ||
    state.some((entry) => isAfter(entry) && entry.index < closing && entry.state === "disconnected")
  )
}

function concerns({ future, round }: EntryOf<"app", "settled">, name: string | undefined, reading: Reading): boolean {
  const opened = reading.futures.get(future)?.opened
  if (opened?.of === "connect" || (opened?.request !== undefined && opened.request === name)) return true
  return opened?.of === "other" && opened.request === undefined && find.closing(reading)?.round === round
}
