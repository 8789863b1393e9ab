// What a transport is: a way for a client to reach the scripted server, and a way to know that all was delivered.
import type { Listener } from "./endpoint.ts"

export interface Transport {
  readonly kind: "memory" | "loopback" | "process"
  /** Scheme, host and port that the client is told to dial. */
  readonly origin: string
  /** Forgets every connection of the last case; the next ones go to `listener`. */
  reset(listener: Listener): void
  /** Lets every frame sent so far be dispatched, and all run that is ready to; then calls `next`, which may make more
   * happen, and settles again until that gives false. Rejects with NeverQuiet. */
  settle(activity: () => number, next?: () => boolean): Promise<void>
  /** Client ends that are still open. */
  openSockets(): number
  /** Timers of the client that wait in a process of its own, where the clock does not see them. */
  pendingTimers?(): number
  close(): void
}
