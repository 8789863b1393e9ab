// The situations W01 to W09 of PROTOCOL.md E as literal sequences, as far as the server's side of each goes.

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { read } from "../realtime/read.ts"
import type { ErrorShape } from "./errors.ts"
import { createRig, errorIn, types } from "./rig.test-support.ts"

const numbers = (events: readonly WireEvent[]) => events.map((event) => event.sequence_number)

it("W01: a turn from create to completed, numbered from 0", () => {
  const rig = createRig()
  expect(rig.hear({ type: "response.create", model: "gpt-5.5", input: "Hello." })).toEqual([])
  const events = rig.send(rig.composer.startResponse())
  events.push(...rig.send(rig.composer.textDelta("resp_1", "Hi")))
  events.push(...rig.send(rig.composer.textDelta("resp_1", " you")))
  events.push(...rig.send(rig.composer.finishResponse("resp_1")))
  expect(types(events)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ])
  expect(numbers(events)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(events.every((event) => !("stream_id" in event))).toBe(true)
  expect(events.at(-1)?.response).toMatchObject({
    ...{ id: "resp_1", status: "completed", model: "gpt-5.5", error: null },
    output: [{ type: "message", status: "completed", content: [{ type: "output_text", text: "Hi you" }] }],
  })
  const second = rig.start()
  expect(rig.state.responses.get(second)?.nextSequence).toBe(2)
})

describe("W02: previous_response_not_found", () => {
  it("answers an unknown id, and full input on the same socket then runs", () => {
    const rig = createRig()
    const answers = rig.hear({ type: "response.create", previous_response_id: "resp_abc" })
    expect(answers).toEqual([
      {
        type: "error",
        status: 400,
        error: {
          type: "invalid_request_error",
          code: "previous_response_not_found",
          message: "Previous response with id 'resp_abc' not found.",
          param: "previous_response_id",
        },
      },
    ])
    rig.turn()
  })

  it("comes in its turn for a create that had to wait", () => {
    const rig = createRig()
    const first = rig.start()
    expect(rig.hear({ type: "response.create", previous_response_id: "resp_gone" })).toEqual([])
    expect(rig.composer.startable()).toEqual([])
    rig.send(rig.composer.finishResponse(first))
    expect(errorIn(rig.send(rig.composer.startResponse())).code).toBe("previous_response_not_found")
    expect(rig.state.pending).toEqual([])
  })

  it("can be had for any create, and of a response that the server forgets", () => {
    const rig = createRig()
    const first = rig.turn()
    rig.hear({ type: "response.create", previous_response_id: first })
    const [pending] = rig.state.pending
    if (pending) expect(errorIn(rig.send(rig.composer.previousNotFound(pending))).param).toBe("previous_response_id")
    rig.forget(first)
    expect(errorIn(rig.hear({ type: "response.create", previous_response_id: first })).code).toBe(
      "previous_response_not_found",
    )
  })
})

it.each(["in flight", "idle"])("W03: the connection limit %s is the last word", (when) => {
  const rig = createRig()
  if (when === "in flight") rig.start()
  const [error] = rig.send(rig.composer.connectionLimit())
  expect(error).toMatchObject({
    status: 400,
    error: {
      code: "websocket_connection_limit_reached",
      message:
        "Responses websocket connection limit reached (60 minutes). Create a new websocket connection to continue.",
    },
  })
  expect(rig.state.phase).toBe("limited")
  expect(rig.applyClient({ type: "response.create" })).toEqual([])
})

describe("W04: the shapes of an error", () => {
  const members = { code: null, message: "Slow down.", type: "requests", status: 429 }
  const error = { type: "requests", code: null, message: "Slow down.", param: null }
  const shapes: [ErrorShape, object][] = [
    ["wrapped", { type: "error", status: 429, error }],
    ["wrapped-without-status", { type: "error", error }],
    ["flat", { type: "error", sequence_number: 2, code: null, message: "Slow down.", param: null }],
    ["nested", { type: "error", sequence_number: 2, error }],
  ]

  it.each(shapes)("%s ends the response, on the default lane and on a named one", (shape, wire) => {
    const rig = createRig()
    expect(rig.send(rig.composer.error({ ...members, shape, for: rig.start() }))).toEqual([wire])
    const named = rig.start({ stream_id: "a" })
    expect(rig.send(rig.composer.error({ ...members, shape, for: named }))).toEqual([{ ...wire, stream_id: "a" }])
    expect(rig.state.responses.get(named)?.phase).toBe("errored")
    rig.turn({ stream_id: "a" })
  })

  it.each(shapes)("%s refuses a create that waits", (shape) => {
    const rig = createRig()
    rig.hear({ type: "response.create" })
    const [pending] = rig.state.pending
    if (pending) rig.send(rig.composer.error({ ...members, shape, for: pending }))
    expect(rig.state.pending).toEqual([])
    expect(rig.state.responses.size).toBe(0)
  })

  it("has headers and status_code where asked", () => {
    const headers = { "retry-after": "1" }
    const [error] = createRig().composer.error({ ...members, statusField: "status_code", headers })
    expect(error).toMatchObject({ status_code: 429, error: { headers } })
    expect(error).not.toHaveProperty("status")
  })
})

it("W05: an error is followed by response.failed, both numbered", () => {
  const rig = createRig()
  const R = rig.start()
  const error = { code: "context_length_exceeded", message: "Too long." }
  const events = rig.send(rig.composer.finishResponse(R, { status: "failed", error, errorFirst: "nested" }))
  expect(types(events)).toEqual(["error", "response.failed"])
  expect(numbers(events)).toEqual([2, 3])
  expect(events[1]?.response).toMatchObject({ id: R, status: "failed", error })
  rig.turn()
})

it("W05: response.failed may come apart from its error, but not into the next response", () => {
  const rig = createRig()
  const R = rig.start()
  rig.send(rig.composer.error({ for: R, message: "Sorry.", shape: "flat" }))
  const [failed] = rig.composer.finishResponse(R, { status: "failed" })
  rig.start()
  expect(failed && rig.applyServer(failed).map(({ rule }) => rule)).toEqual(["one-terminal"])
})

it.each(["max_output_tokens", "content_filter", "max_messages"] as const)("W06: incomplete for %s", (reason) => {
  const rig = createRig()
  const R = rig.start()
  rig.send(rig.composer.textDelta(R, "Hal"))
  const terminal = rig.send(rig.composer.finishResponse(R, { status: "incomplete", reason })).at(-1)
  expect(terminal).toMatchObject({
    type: "response.incomplete",
    response: { status: "incomplete", incomplete_details: { reason }, output: [{ status: "incomplete" }] },
  })
  rig.turn({ previous_response_id: R, store: false })
})

describe("W07: steering", () => {
  it("ends the response early and the server goes on by itself", () => {
    const rig = createRig()
    const R1 = rig.start({ stream_id: "a", instructions: "Be brief." })
    rig.send(rig.composer.textDelta(R1, "Once upon"))
    const steer = { type: "response.steer", previous_response_id: R1, input: "Shorter." }
    expect(rig.hear(steer)).toEqual([
      {
        ...{ type: "response.steer.accepted", sequence_number: 5, stream_id: "a" },
        steer: { id: "steer_1", previous_response_id: R1 },
      },
    ])
    rig.hear({ type: "response.create", stream_id: "a" })
    rig.send(rig.composer.finishResponse(R1, { status: "incomplete", reason: "steered" }))
    expect(rig.composer.successorsOwed()).toEqual([R1])
    expect(rig.composer.startable()).toEqual([])
    rig.send([{ type: "error", stream_id: "a", error: { code: null, message: "Not about what waits." } }])
    expect(rig.state.pending.length).toBe(1)
    const [created] = rig.send(rig.composer.startResponse({ after: R1 }))
    expect(created).toMatchObject({
      ...{ type: "response.created", sequence_number: 0, stream_id: "a" },
      response: { previous_response_id: R1, instructions: "Be brief." },
    })
    const R2 = read.text(read.members(created?.response).id) ?? ""
    expect(rig.state.steers.map(({ phase }) => phase)).toEqual(["committed"])
    rig.send(rig.composer.finishResponse(R2))
    expect(rig.composer.startable().length).toBe(1)
  })

  it("follows a normal completion too, and is given back when the response fails or has no successor", () => {
    const rig = createRig()
    const R1 = rig.start()
    rig.steer(R1)
    expect(types(rig.send(rig.composer.finishResponse(R1)))).toEqual(["response.completed"])
    const [created] = rig.send(rig.composer.startResponse({ after: R1, id: "R2" }))
    expect(read.members(created?.response).id).toBe("R2")
    rig.steer("R2")
    const [, failed] = rig.send(rig.composer.finishResponse("R2", { status: "failed" }))
    expect(failed).toMatchObject({
      type: "response.steer.failed",
      error: { type: "invalid_request_error", code: "successor_creation_failed" },
      steer: { id: "steer_2", previous_response_id: "R2", input: "Shorter." },
    })
    const R3 = rig.start()
    const steer = rig.steer(R3)
    rig.send(rig.composer.finishResponse(R3))
    rig.send(rig.composer.steerFailed(steer))
    expect(rig.composer.successorsOwed()).toEqual([])
    rig.turn()
  })
})

it("W08: creates on one lane are answered first in, first out", () => {
  const rig = createRig()
  rig.hear({ type: "response.create", input: "A" })
  rig.hear({ type: "response.create", input: "B" })
  const [A, B] = rig.state.pending
  expect(rig.composer.startable()).toEqual([A])
  rig.send(rig.composer.startResponse())
  expect(rig.composer.startable()).toEqual([])
  rig.send(rig.composer.finishResponse(A?.responseId ?? ""))
  expect(rig.composer.startable()).toEqual([B])
})

it("W09: lanes interleave, each event with its stream_id and each response with its numbers", () => {
  const rig = createRig()
  const a = rig.start({ stream_id: "a" })
  const none = rig.start()
  const events = [
    ...rig.send(rig.composer.textDelta(a, "A")),
    ...rig.send(rig.composer.textDelta(none, "N")),
    ...rig.send(rig.composer.textDelta(a, "a")),
    ...rig.send(rig.composer.finishResponse(none)).slice(-1),
    ...rig.send(rig.composer.finishResponse(a)).slice(-1),
  ]
  const told = events.filter(({ type }) => type.endsWith(".delta") || type === "response.completed")
  expect(told.map(({ stream_id, sequence_number }) => [stream_id, sequence_number])).toEqual([
    ["a", 4],
    [undefined, 4],
    ["a", 5],
    [undefined, 8],
    ["a", 9],
  ])
})
