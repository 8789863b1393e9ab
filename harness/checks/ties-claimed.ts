// Where nothing on the wire tells for which of several requests a create was sent, the client's own word does: the request
// that it answers with that create's response, or gives up when the server refuses that create by its name; or else the one
// that the app takes back, for which the client then sends a response.cancel: that had been asked for.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import type { CreateReading, Reading, RequestReading } from "./reading.ts"

/** The one of them whose future is resolved with the response to that create, or rejected with its refusal, or taken back. */
export const claimedBy = (
  create: CreateReading,
  candidates: readonly RequestReading[],
  reading: Reading,
): RequestReading | undefined =>
  candidates.find(
    (request) => isAnsweredBy(create, request, reading) || isRefusedWith(create, request, reading.trace.entries),
  ) ?? candidates.find((request) => isTakenBackAfter(create, request, reading.trace.entries))

/** Whether what a response brings back is what its create sent. */
export function repeats(echoed: Readonly<Record<string, unknown>>, sent: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(sent)
  return keys.length > 0 && keys.every((key) => echoed[key] === sent[key])
}

/** The id of the response that the client resolves one of its futures with, sooner or later. */
function responseTo({ futures }: RequestReading, { trace }: Reading): string | undefined {
  const ids = new Set(futures.map(({ id }) => id))
  const settled = trace.entries.find(
    (entry) => entry.lane === "app" && entry.kind === "settled" && ids.has(entry.future) && entry.as === "resolved",
  )
  return settled?.kind === "settled" ? settled.response : undefined
}

function isAnsweredBy(create: CreateReading, request: RequestReading, reading: Reading): boolean {
  const response = responseTo(request, reading)
  return response !== undefined && response === answerTo(create, reading)
}

/** Whether the answer to that create is known, and the client answers the request with another response. */
export function isAnsweredOtherwise(create: CreateReading, request: RequestReading, reading: Reading): boolean {
  const answer = create.metadata && answerTo(create, reading)
  const response = responseTo(request, reading)
  return answer !== undefined && response !== undefined && response !== answer
}

/** The id in the `response.created` that repeats its metadata, or, if it has none, in the next. */
function answerTo(create: CreateReading, { trace }: Reading): string | undefined {
  const { metadata } = create
  const created = trace.entries.find((entry): entry is EntryOf<"server", "event"> => {
    if (!isCreatedAfter(create, entry)) return false
    return !metadata || repeats(member.members(member.members(entry.event.response).metadata), metadata)
  })
  return member.text(member.members(created?.event.response).id) ?? undefined
}

function isRefusedWith({ event_id }: CreateReading, { futures }: RequestReading, entries: readonly Entry[]): boolean {
  if (event_id === undefined) return false
  const error = entries.find(
    (entry) =>
      entry.lane === "server" &&
      entry.kind === "event" &&
      entry.event.type === "error" &&
      member.members(entry.event.error).event_id === event_id,
  )
  if (!error) return false
  const ids = new Set(futures.map(({ id }) => id))
  return entries.some(
    (entry) =>
      entry.lane === "app" &&
      entry.kind === "settled" &&
      ids.has(entry.future) &&
      entry.as === "rejected" &&
      entry.round === error.round &&
      entry.index > error.index,
  )
}

/** The last that was sent before the app took a request back that had not asked yet: this was rejected, and a cancel sent, at once. */
function isTakenBackAfter(
  { entry: now, connection }: CreateReading,
  { name, creates, futures }: RequestReading,
  entries: readonly Entry[],
): boolean {
  const later = entries.slice(now.index + 1)
  const cancel = later.find(
    (entry) =>
      entry.lane === "app" &&
      entry.kind === "performed" &&
      entry.operation.do === "cancel" &&
      entry.operation.request === name,
  )
  if (!cancel || creates.length > 0) return false
  const isSent = (entry: Entry, type: string) =>
    entry.lane === "client" && entry.kind === "event" && entry.connection === connection && entry.event.type === type
  if (later.some((entry) => entry.index < cancel.index && isSent(entry, "response.create"))) return false
  const atOnce = later.filter(({ index, round }) => index > cancel.index && round === cancel.round)
  const isRejected = (entry: Entry) =>
    entry.lane === "app" &&
    entry.kind === "settled" &&
    entry.as === "rejected" &&
    futures.some(({ id }) => id === entry.future)
  return atOnce.some(isRejected) && atOnce.some((entry) => isSent(entry, "response.cancel"))
}

const isCreatedAfter = ({ connection, entry: now }: CreateReading, entry: Entry): entry is EntryOf<"server", "event"> =>
  entry.index > now.index &&
  entry.lane === "server" &&
  entry.kind === "event" &&
  entry.connection === connection &&
  entry.event.type === "response.created"
