// A model with its composer, for tests: sends lawful events and fails at the first that is not.

import { expect } from "vitest"
import type { WireEvent } from "../event.ts"
import { countingIds } from "../realtime/ids.ts"
import { type JsonObject, read } from "../realtime/read.ts"
import type { ResponseOutcome } from "./compose-terminal.ts"
import { createResponsesModel, type ModelOptions, type ResponsesModel } from "./model.ts"
import type { SteerState } from "./state.ts"

export interface Rig extends ResponsesModel {
  /** Applies events, each of which must be lawful; returns them. */
  send(events: WireEvent[]): WireEvent[]
  /** Applies a client event, and its answers at once; returns the answers. */
  hear(event: WireEvent): WireEvent[]
  /** A response.create on a lane and the start of its response, whose id it returns. */
  start(create?: JsonObject): string
  /** The same, with a word of text and a completion. */
  turn(create?: JsonObject, outcome?: ResponseOutcome): string
  /** A response that completes with a call of `look`; returns its id. */
  callTurn(callId: string, create?: JsonObject): string
  /** Steers a response and acknowledges it. */
  steer(responseId: string): SteerState
}

export function createRig(options: Partial<ModelOptions> = {}): Rig {
  const model = createResponsesModel({ ids: countingIds(), profile: "lanes", ...options })
  const { composer, state } = model
  const rig: Rig = {
    ...model,
    send(events) {
      for (const event of events) expect(model.applyServer(event), JSON.stringify(event)).toEqual([])
      return events
    },
    hear: (event) => rig.send(model.applyClient(event)),
    start(create = {}) {
      rig.hear({ type: "response.create", input: "Hello.", ...create })
      const pending = state.pending.at(-1)
      if (pending === undefined) throw new Error("the response.create was refused")
      rig.send(composer.startResponse({ for: pending }))
      return pending.responseId
    },
    turn(create, outcome) {
      const id = rig.start(create)
      rig.send(composer.textDelta(id, "Hi"))
      rig.send(composer.finishResponse(id, outcome))
      return id
    },
    callTurn(callId, create) {
      const id = rig.start(create)
      rig.send(composer.callDelta(id, { call_id: callId, name: "look", argumentsPart: "{}" }))
      rig.send(composer.finishResponse(id))
      return id
    },
    steer(responseId) {
      rig.hear({ type: "response.steer", previous_response_id: responseId, input: "Shorter." })
      const steer = state.steers.at(-1)
      if (steer === undefined) throw new Error("the response.steer was not heard")
      return steer
    },
  }
  return rig
}

export const output = (callId: string): JsonObject => ({ type: "function_call_output", call_id: callId, output: "1" })

export function types(events: readonly WireEvent[]): string[] {
  return events.map(({ type }) => type)
}

/** The error object of the only event, which is an error of whatever wrapped shape. */
export function errorIn(events: readonly WireEvent[]): JsonObject {
  expect(types(events)).toEqual(["error"])
  return read.members(events[0]?.error)
}
