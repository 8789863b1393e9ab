// Breaks every rule of the table once, each by one event after a lawful beginning, and expects that rule and no other.

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import { createRig, type Rig } from "./rig.test-support.ts"
import { RULES, type RuleId } from "./rules.ts"

type Offence = (rig: Rig) => WireEvent

const missing: WireEvent = { type: "missing" }
const first = (events: readonly WireEvent[]): WireEvent => events[0] ?? missing
const withResponse = (event: WireEvent, rest: object): WireEvent => ({
  ...event,
  response: { ...read.members(event.response), ...rest },
})

/** A response that has streamed `Hi` into a text item. */
function texted(rig: Rig, create = {}): { R: string; next: number } {
  const R = rig.start(create)
  rig.send(rig.composer.textDelta(R, "Hi"))
  return { R, next: rig.state.responses.get(R)?.nextSequence ?? -1 }
}

/** The closing events, up to and without the first of `type`, are sent; and that one returned. */
function closingUpTo(rig: Rig, R: string, type: string): WireEvent {
  const events = rig.composer.finishResponse(R)
  const index = events.findIndex((event) => event.type === type)
  rig.send(events.slice(0, index))
  return events[index] ?? missing
}

const created = (id: string, rest = {}): WireEvent => ({
  type: "response.created",
  sequence_number: 0,
  response: { id, status: "in_progress", output: [] },
  ...rest,
})
const delta = (sequence_number: number, rest = {}): WireEvent => ({
  ...{ type: "response.output_text.delta", sequence_number, item_id: "item_1", output_index: 0, content_index: 0 },
  ...{ delta: "!", logprobs: [], ...rest },
})

const OFFENCES: Record<RuleId, Offence> = {
  "nothing-after-connection-limit": (rig) => {
    rig.send(rig.composer.connectionLimit())
    return { type: "keepalive" }
  },
  "connection-error-has-no-stream-id": (rig) => ({ ...first(rig.composer.connectionLimit()), stream_id: "a" }),
  "error-says-what": () => ({ type: "error", status: 500, error: { type: "server_error", code: null } }),
  "stream-id-known": () => created("R", { stream_id: "nobody" }),
  "stream-id-of-its-response": (rig) => {
    const R = rig.start({ stream_id: "a" })
    const { stream_id: _, ...event } = first(rig.composer.finishResponse(R))
    return event
  },
  "one-response-at-a-time": (rig) => {
    const R = rig.start()
    rig.hear({ type: "response.create" })
    const [event] = rig.composer.startResponse({ for: rig.state.pending[0] ?? never(R) })
    return event ?? missing
  },
  "in-flight-limit": (rig) => {
    for (let lane = 0; lane < 16; lane += 1) rig.start({ stream_id: `lane${lane}` })
    rig.hear({ type: "response.create" })
    return created("R")
  },
  "lane-in-order": (rig) => {
    rig.hear({ type: "response.create" })
    rig.hear({ type: "response.create" })
    return first(rig.composer.startResponse({ for: rig.state.pending[1] ?? never("second") }))
  },

  "response-created-first": () => delta(0),
  "response-created-once": (rig) => created(rig.start()),
  "response-has-a-cause": () => created("R"),
  "response-created-in-progress": (rig) => {
    rig.hear({ type: "response.create" })
    return withResponse(created("R"), { status: "completed" })
  },
  "echoes-its-create": (rig) => {
    rig.hear({ type: "response.create", previous_response_id: rig.turn() })
    return withResponse(created("R"), { previous_response_id: "resp_other" })
  },
  "in-progress-before-output": (rig) => {
    rig.hear({ type: "response.create" })
    rig.send([first(rig.composer.startResponse())])
    const item = { id: "item_1", type: "message" }
    return { type: "response.output_item.added", sequence_number: 1, output_index: 0, item }
  },
  "response-id-stable": (rig) => withResponse(first(rig.composer.finishResponse(rig.start())), { id: "resp_other" }),
  "sequence-number-present": (rig) => {
    const { sequence_number: _, ...event } = first(rig.composer.textDelta(rig.start(), "Hi"))
    return event
  },
  "sequence-number-in-order": (rig) => delta(texted(rig).next + 1),
  "one-terminal": (rig) => {
    const event = first(rig.composer.finishResponse(rig.start()))
    rig.send([event])
    return event
  },
  "nothing-after-terminal": (rig) => {
    rig.turn()
    return delta(9)
  },
  "terminal-status-matches": (rig) =>
    withResponse(first(rig.composer.finishResponse(rig.start())), { status: "in_progress" }),
  "terminal-says-why": (rig) =>
    withResponse(first(rig.composer.finishResponse(rig.start(), { status: "incomplete" })), {
      incomplete_details: null,
    }),
  "terminal-closes-items": (rig) => {
    const { R, next } = texted(rig)
    return { type: "response.completed", sequence_number: next, response: { id: R, status: "completed" } }
  },
  "terminal-lists-items": (rig) =>
    withResponse(closingUpTo(rig, texted(rig).R, "response.completed"), { output: [{ id: "item_other" }] }),
  "warm-up-has-no-output": (rig) => first(rig.composer.textDelta(rig.start({ generate: false }), "Hi")),

  "item-added-first": (rig) => delta(rig.start() ? 2 : 0),
  "output-index-in-order": (rig) => ({ ...first(rig.composer.textDelta(rig.start(), "Hi")), output_index: 1 }),
  "item-id-stable": (rig) => delta(texted(rig).next, { item_id: "item_other" }),
  "nothing-after-item-done": (rig) => {
    const { R } = texted(rig)
    rig.send(rig.composer.finishItem(R))
    const sequence_number = rig.state.responses.get(R)?.nextSequence
    const part = { type: "output_text", text: "" }
    const place = { item_id: "item_1", output_index: 0, content_index: 1 }
    return { type: "response.content_part.added", sequence_number, ...place, part }
  },
  "part-added-first": (rig) => delta(texted(rig).next, { content_index: 7 }),
  "part-added-once": (rig) => {
    const [, event] = rig.composer.textDelta(texted(rig).R, "Hi", { item: "another" })
    return { ...event, type: "response.content_part.added", sequence_number: 5, output_index: 0, item_id: "item_1" }
  },
  "delta-before-done": (rig) => {
    const done = closingUpTo(rig, texted(rig).R, "response.content_part.done")
    return delta(read.number(done.sequence_number) ?? -1)
  },
  "delta-concat-is-done": (rig) => ({
    ...closingUpTo(rig, texted(rig).R, "response.output_text.done"),
    text: "Ho",
  }),
  "stream-done-before-part-done": (rig) => {
    const { R, next } = texted(rig)
    const done = rig.composer.finishResponse(R).find(({ type }) => type === "response.content_part.done")
    return { ...(done ?? missing), sequence_number: next }
  },
  "parts-done-before-item-done": (rig) => {
    const { next } = texted(rig)
    const item = { id: "item_1", type: "message", content: [] }
    return { type: "response.output_item.done", sequence_number: next, output_index: 0, item }
  },
  "item-repeats-its-parts": (rig) => {
    const content = [{ type: "output_text", text: "Ho" }]
    return { ...closingUpTo(rig, texted(rig).R, "response.output_item.done"), item: { id: "item_1", content } }
  },
  "call-keeps-its-names": (rig) => {
    const R = rig.start()
    rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{}" }))
    const done = closingUpTo(rig, R, "response.output_item.done")
    return { ...done, item: { ...read.members(done.item), call_id: "call_2" } }
  },

  "steer-answers-steer": (rig) => ({
    ...first(rig.composer.steerAccepted(rig.steer(rig.start()))),
    steer: { id: "steer_other" },
  }),
  "steer-pending-after-completed": (rig) => first(rig.composer.steerPending(rig.steer(rig.start()))),
  "steered-was-asked": (rig) =>
    first(rig.composer.finishResponse(rig.start(), { status: "incomplete", reason: "steered" })),
}

function never(what: string): never {
  throw new Error(`there is no create beside ${what}`)
}

describe("the rules", () => {
  it.each(RULES.map(({ id }) => id))("%s is broken by the event that breaks it, and alone", (id) => {
    const rig = createRig()
    const breaks = rig.applyServer(OFFENCES[id](rig))
    expect(breaks.map(({ rule }) => rule)).toEqual([id])
    expect(breaks[0]).toMatchObject({ party: "server", message: expect.stringMatching(/\w/) })
  })

  it("have each an id of its own, a sentence and a source", () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const { says, source } of RULES) {
      expect(says).toMatch(/^[a-z].*[^.]$/)
      expect(source).toMatch(/^[A-Z]\.?\d/)
    }
  })
})
