// Responses: which past responses the server does not remember any more, as far as a client could know (PROTOCOL.md C.3).
import type { CreateReading, Reading, ResponseReading } from "./reading.ts"
import { errorIn } from "./reading-responses.ts"

export interface Eviction {
  readonly response: ResponseReading
  /** The entry that told the client. */
  readonly cause: number
  readonly why: string
}

/** Of the responses that a create might continue from, those that are gone by then. */
export function evictedBefore(create: CreateReading, reading: Reading): Eviction[] {
  const candidates = reading.responses.filter(
    ({ done, status }) =>
      done && done.index < create.entry.index && (status === "completed" || status === "incomplete"),
  )
  return candidates.flatMap(
    (response) => notFound(response, create, reading) ?? ifUnstored(response, create, reading) ?? [],
  )
}

/** The server has said so; that holds for stored ones, too. What another connection did not know may be known to its own. */
function notFound(
  response: ResponseReading,
  { entry: now, connection }: CreateReading,
  { creates }: Reading,
): Eviction | undefined {
  const told = creates.find(
    ({ context, refusal, connection: asked }) =>
      context?.previous === response.id &&
      (asked === response.connection || connection !== response.connection) &&
      refusal &&
      refusal.round < now.round &&
      errorIn(refusal).code === "previous_response_not_found",
  )
  const cause = told?.refusal?.index
  return cause === undefined ? undefined : { response, cause, why: "the server had not found it" }
}

/** What is not stored lives in its connection, until the lane goes on to another, or fails to go on from it. */
function ifUnstored(response: ResponseReading, create: CreateReading, reading: Reading): Eviction | undefined {
  if (response.create?.context?.stores !== false) return undefined
  const { connection, lane, id } = response
  if (connection !== create.connection) {
    const end = reading.connections.get(connection)
    const cause = (end?.lost ?? end?.left ?? response.done ?? response.created).index
    return { response, cause, why: `it was known to connection ${connection} alone` }
  }
  const isBefore = (entry: { readonly round: number } | undefined) =>
    entry !== undefined && entry.round < create.entry.round
  const failed = reading.creates.find(
    (other) =>
      other.context?.previous === id &&
      other.context.lane === lane &&
      other.connection === connection &&
      (isBefore(other.refusal) || (other.response?.status === "failed" && isBefore(other.response.done))),
  )
  const cause = (failed?.refusal ?? failed?.response?.done)?.index
  if (cause !== undefined) return { response, cause, why: "a request that continued from it had failed" }
  const next = reading.responses.find(
    (other) =>
      other.connection === connection &&
      other.lane === lane &&
      other.created.index > response.created.index &&
      (other.status === "completed" || other.status === "incomplete") &&
      isBefore(other.done),
  )
  return next?.done && { response, cause: next.done.index, why: `its lane had gone on to ${next.id}` }
}
