// A fault: a named function from what the server is about to send to what is delivered instead. A fault plan is data:
// which faults strike at which addressed boundaries of one case.
import type { WireEvent } from "../protocol/event.ts"

/** One thing put on the wire towards the client. */
export type Delivery =
  | {
      readonly kind: "event"
      readonly event: WireEvent
      readonly afterMs?: number
      readonly fault?: string
      readonly split?: number
      readonly joined?: boolean
    }
  | { readonly kind: "text"; readonly text: string; readonly fault: string }
  | { readonly kind: "binary"; readonly bytes: number; readonly fault: string }
  | { readonly kind: "close"; readonly code: number; readonly reason: string; readonly fault: string }
  | { readonly kind: "drop"; readonly reset: boolean; readonly fault: string }
  | { readonly kind: "silence"; readonly fault: string }

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

export interface Fault {
  readonly name: string
  readonly oracle: "lawful" | "hostile"
  /** What it does, in one sentence. */
  readonly says: string
  apply(event: WireEvent, by: number | undefined): readonly Delivery[]
}
