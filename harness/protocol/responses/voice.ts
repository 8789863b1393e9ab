// How the server says the events of one response: each with the next sequence_number and the stream_id of the lane.

import type { WireEvent } from "../event.ts"
import type { JsonObject } from "../realtime/read.ts"
import type { LaneKey, ResponseState } from "./state.ts"

export interface Voice {
  /** What was said so far; composed, not applied. */
  readonly events: WireEvent[]
  say(type: string, ...members: readonly JsonObject[]): void
  /** Adds an event that is composed elsewhere, which may take the number it is offered. */
  add(compose: (sequence: number) => WireEvent): void
}

export function createVoice({ lane, nextSequence }: Pick<ResponseState, "lane" | "nextSequence">): Voice {
  const events: WireEvent[] = []
  let sequence = nextSequence
  const add = (compose: (sequence: number) => WireEvent) => {
    const event = compose(sequence)
    if (event.sequence_number === sequence) sequence += 1
    events.push(event)
  }
  return {
    events,
    add,
    say: (type, ...members) =>
      add((sequence_number) => Object.assign({ type, sequence_number }, ...members, laneStamp(lane))),
  }
}

/** The `stream_id` member that the events of a lane carry; none on the default lane. */
export function laneStamp(lane: LaneKey): { readonly stream_id?: string } {
  return lane === null ? {} : { stream_id: lane }
}
