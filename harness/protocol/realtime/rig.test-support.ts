// A model with its composer, for tests: sends lawful events and fails at the first that is not.

import { expect } from "vitest"
import type { WireEvent } from "../event.ts"
import type { ResponseStart } from "./compose-response.ts"
import { countingIds, type Ids } from "./ids.ts"
import { createRealtimeModel, type ModelOptions, type RealtimeModel } from "./model.ts"

export interface Rig extends RealtimeModel {
  readonly ids: Ids
  /** Applies events, each of which must be lawful; returns them. */
  send(events: WireEvent[]): WireEvent[]
  /** Applies a client event, and its answers at once; returns the answers. */
  hear(event: WireEvent): WireEvent[]
  /** Starts a response that answers a create (sent for it) and returns its id. */
  start(start?: ResponseStart & { readonly conversation?: "auto" | "none" }): string
  /** An event with a fresh id. */
  event(type: string, rest?: object): WireEvent
}

/** A rig whose session is open, unless `opening` is true. */
export function createRig(options: Partial<ModelOptions> & { readonly opening?: boolean } = {}): Rig {
  const ids = options.ids ?? countingIds()
  const model = createRealtimeModel({ ...options, ids })
  const rig: Rig = {
    ...model,
    ids,
    send(events) {
      for (const event of events) expect(model.applyServer(event), JSON.stringify(event)).toEqual([])
      return events
    },
    hear: (event) => rig.send(model.applyClient(event)),
    start({ conversation = "auto", ...start } = {}) {
      rig.hear({ type: "response.create", response: { conversation, metadata: start.metadata ?? null } })
      const pending = model.state.pendingCreates.at(-1)
      rig.send(model.composer.startResponse(pending ? { ...start, for: pending } : start))
      return start.id ?? pending?.responseId ?? ""
    },
    event: (type, rest = {}) => ({ type, event_id: ids.next("event"), ...rest }),
  }
  if (options.opening !== true) rig.send(model.composer.sessionCreated())
  return rig
}

/** One second of silence: 24 kHz, mono, 16 bit. */
export const SECOND_OF_AUDIO = Buffer.alloc(48_000).toString("base64")

export function types(events: readonly WireEvent[]): string[] {
  return events.map(({ type }) => type)
}
