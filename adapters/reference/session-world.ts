// What a session is given, whom it tells, and what it can be asked.
import type { RealtimeError } from "./errors.ts"
import type { ClientEvent } from "./events.ts"
import type { Policy } from "./policy.ts"
import type { Output, Reply } from "./reply.ts"
import type { ClientTool } from "./tools.ts"

export interface SessionOptions {
  readonly url: string
  readonly apiKey: string
  /** Sent as the first `session.update`. */
  readonly config: object
  readonly tools: readonly ClientTool[]
  readonly policy: Policy
  readonly afterMs: number
  /** The server reads sessions in the shape of the beta. */
  readonly isBeta: boolean
}

export interface SessionHandlers {
  opened(): void
  reply(reply: Reply): void
  output(output: Output, reply: Reply): void
  error(error: RealtimeError): void
  /** The connection is gone, or never came about. Told once, and not after close(). */
  over(error: RealtimeError): void
}

export interface Asking {
  readonly name?: string | undefined
  readonly outOfBand?: boolean
  readonly before?: readonly ClientEvent[]
  readonly response?: object
  /** event_ids by which an error may name the request. */
  readonly names?: readonly string[]
}
