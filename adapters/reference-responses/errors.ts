// The one kind of error that the client hands out, and the server's own errors in all the shapes they come in.
import { listOf, type Members, membersOf, textOf } from "../reference/events.ts"

/** `code` is the server's where the server refused or failed something, and one of ours otherwise: `timeout`,
 * `cancelled`, `closed`, `connection_lost`, `not_connected`, `malformed`, `sequence_gap`, `failed`, and
 * `outcome_unknown`, where a connection was lost in the middle of a reply: nobody knows how it would have ended, so it
 * is not asked for again. */
export class ResponsesError extends Error {
  override readonly name = "ResponsesError"
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export const connectionLimit = "websocket_connection_limit_reached"
export const parentNotFound = "previous_response_not_found"

/** An `error` event: wrapped with or without status, flat, or nested with a number; code and param may be null
 * (PROTOCOL.md C.4). */
export function errorOfEvent(event: Members): ResponsesError {
  return errorOf(Object.keys(membersOf(event.error)).length > 0 ? event.error : { ...event, type: undefined })
}

/** The error member of a failed response or of an event. */
export function errorOf(given: unknown): ResponsesError {
  const { code, type, message } = membersOf(given)
  return new ResponsesError(
    textOf(code) ?? textOf(type) ?? "error",
    textOf(message) ?? "the server reported an error without words",
  )
}

/** Why a response ended as it did, as an error. */
export const failureOf = (response: Members): ResponsesError =>
  Object.keys(membersOf(response.error)).length > 0 || listOf(response.error).length > 0
    ? errorOf(response.error)
    : new ResponsesError("failed", "the response failed, and the server did not say why")
