// What a transport is: a way for a client to reach the scripted server, and a way to know that all was delivered.
import type { Listener } from "./endpoint.ts"

export interface Transport {
  readonly kind: "memory" | "loopback" | "process"
  /** Scheme, host and port that the client is told to dial. */
  readonly origin: string
  /** Forgets every connection of the last case; the next ones go to `listener`. */
  reset(listener: Listener): void
  /** Resolves when every frame sent so far was dispatched and nothing is ready to run. Rejects with NeverQuiet. */
  settle(activity: () => number): Promise<void>
  /** Client ends that are still open. */
  openSockets(): number
  /** Timers of the client that wait in a process of its own, where the clock does not see them. */
  pendingTimers?(): number
  close(): void
}
