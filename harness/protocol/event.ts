// What one WebSocket message is, once it has been read: an event, or text that is not one. Reading never throws:
// malformed text is data, and so are unknown event types and fields that nobody declared.

/** One JSON object with a `type`, as it stands on the wire (snake_case names, any further members). */
export interface WireEvent {
  readonly type: string
  readonly event_id?: string | undefined
  readonly [field: string]: unknown
}

/** A message that is an event. `known` is false for a type outside the inventory; `problems` says, a sentence each,
 * where a known event departs from its declared shape (the event is kept as it came). */
export interface EventFrame {
  readonly kind: "event"
  readonly event: WireEvent
  readonly known: boolean
  readonly problems: readonly string[]
}

/** A message that is no event: not JSON, not an object, no string `type`, or binary. */
export interface MalformedFrame {
  readonly kind: "malformed"
  readonly text: string
  readonly reason: string
}

export type Frame = EventFrame | MalformedFrame
