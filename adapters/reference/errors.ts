// The one kind of error that the client hands out: a code to act on, and a sentence to read.

/** `code` is the server's where the server refused or failed something, and one of ours otherwise: `timeout`,
 * `cancelled`, `closed`, `not_connected`, `connection_lost`, `malformed`. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError"
  readonly code: string
  /** It will be no better when tried again: a wrong key, a wrong model. */
  readonly isFatal: boolean

  constructor(code: string, message: string, isFatal = false) {
    super(message)
    this.code = code
    this.isFatal = isFatal
  }
}
