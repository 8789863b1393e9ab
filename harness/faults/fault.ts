// A fault: a named function from what the server is about to send to what is delivered instead. A fault plan is data:
// which faults strike at which addressed boundaries of one case.
import type { WireEvent } from "../protocol/event.ts"

/** An event on its way to the client. */
export interface EventDelivery {
  readonly kind: "event"
  readonly event: WireEvent
  readonly fault?: string
  /** It, and all that follows it, waits this long. */
  readonly afterMs?: number | undefined
  /** Its frame arrives in two pieces, the first of this many bytes. */
  readonly splitAt?: number
  /** It leaves in one chunk with what was sent before it. */
  readonly joined?: boolean
}

/** One thing put on the wire towards the client. */
export type Delivery =
  | EventDelivery
  | { readonly kind: "text"; readonly text: string; readonly fault?: string }
  | { readonly kind: "binary"; readonly bytes: number; readonly fault?: string }
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly fault?: string }
  | { readonly kind: "drop"; readonly reset: boolean; readonly fault?: string }
  | { readonly kind: "silence"; readonly fault?: string }

/** Where a fault strikes: the `nth` (from 1) event of `type` ("*" for any) that the server is about to send, of the
 * response with that label where one is named. */
export interface Address {
  readonly type: string
  readonly nth: number
  readonly response?: string
}

export interface PlannedFault {
  readonly fault: string
  readonly at: Address
  /** The fault's own parameter: milliseconds, bytes, a close code. */
  readonly by?: number
}

export type FaultPlan = readonly PlannedFault[]

/** `lawful` faults must be invisible to the app; after `hostile` ones the client must be graceful. */
export interface Fault {
  readonly name: string
  readonly oracle: "lawful" | "hostile"
  /** What it does, in one sentence. */
  readonly says: string
  /** How many later events of the case go before what it gives; absent: none. */
  holds?(by: number | undefined): number
  /** What the same response says meanwhile is held as well, and is not counted. */
  readonly holdsResponse?: true
  apply(delivery: EventDelivery, by: number | undefined): readonly Delivery[]
}
