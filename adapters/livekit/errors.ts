// LiveKit's errors as an app reads them: what the server said is in `body`.

/** The error with the server's own error where rtspec looks for a code. */
export function withBody(error: unknown): unknown {
  if (!(error instanceof Error) || !("body" in error) || error.body === null) return error
  return { name: error.name, message: error.message, data: error.body }
}
