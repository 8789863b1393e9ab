// What a correct server makes of client events: lanes and their limits, what it remembers, what it refuses.

import { describe, expect, it } from "vitest"
import { countingIds } from "../realtime/ids.ts"
import type { Archive } from "./model.ts"
import { createRig, errorIn, output, type Rig, types } from "./rig.test-support.ts"

const refusal = (rig: Rig, create: object) => errorIn(rig.hear({ type: "response.create", ...create }))
const codeOf = (rig: Rig, create: object) => refusal(rig, create).code

describe("lanes", () => {
  it("are queued over the whole connection in the single profile, which knows no stream_id", () => {
    const rig = createRig({ profile: "single" })
    expect(codeOf(rig, { stream_id: "a" })).toBe("unknown_parameter")
    const first = rig.start()
    rig.hear({ type: "response.create" })
    expect(rig.composer.startable()).toEqual([])
    const [overlapping] = rig.composer.startResponse({ for: rig.state.pending[0] ?? expect.fail() })
    expect(overlapping && rig.applyServer(overlapping).map(({ rule }) => rule)).toEqual(["one-response-at-a-time"])
    expect(first).toBe("resp_1")
  })

  it("run 16 at once and queue the rest", () => {
    const rig = createRig()
    const running = Array.from({ length: 16 }, (_, lane) => rig.start({ stream_id: `lane${lane}` }))
    rig.hear({ type: "response.create" })
    expect(rig.composer.startable()).toEqual([])
    rig.send(rig.composer.finishResponse(running[3] ?? ""))
    expect(rig.composer.startable()).toEqual(rig.state.pending)
  })

  it("are 32 in the life of a connection, the default one apart", () => {
    const rig = createRig()
    for (let lane = 0; lane < 32; lane += 1) rig.turn({ stream_id: `lane${lane}` })
    const [error] = rig.hear({ type: "response.create", stream_id: "one-more" })
    expect(error).toMatchObject({ status: 400, error: { code: "websocket_stream_limit_reached" } })
    expect(error).not.toHaveProperty("stream_id")
    rig.turn({ stream_id: "lane31" })
    rig.turn()
  })

  it.each([[""], ["a b"], ["ü"], ["x".repeat(257)], [7], [null]])("refuse the name %j", (stream_id) => {
    const rig = createRig()
    expect(codeOf(rig, { stream_id })).toBe("invalid_stream_id")
    expect(rig.state.lanes.size).toBe(1)
  })

  it("wait for the error that a refused create on them is owed", () => {
    const rig = createRig()
    const [error] = rig.applyClient({ type: "response.create", previous_response_id: "gone" })
    rig.hear({ type: "response.create" })
    expect(rig.composer.startable()).toEqual([])
    expect(rig.composer.owedErrors()).toEqual([error])
    rig.send(rig.composer.owedErrors())
    expect(rig.composer.startable().length).toBe(1)
  })

  it("let the server start what we would have refused: it knows what it has stored", () => {
    const rig = createRig()
    rig.applyClient({ type: "response.create", previous_response_id: "resp_before" })
    const response = { id: "R", status: "in_progress", previous_response_id: "resp_before" }
    rig.send([{ type: "response.created", sequence_number: 0, response }])
    expect(rig.state.responses.get("R")?.context).toBe("hydrated")
    expect(rig.state.owedErrors).toEqual([])
  })
})

describe("the memory", () => {
  it("keeps the latest response of a lane, stored or not", () => {
    const rig = createRig()
    const first = rig.turn({ store: false })
    const second = rig.turn({ store: false, previous_response_id: first })
    expect(rig.state.responses.get(second)?.context).toBe("continued")
    expect(codeOf(rig, { previous_response_id: first })).toBe("previous_response_not_found")
    rig.turn({ previous_response_id: second })
  })

  it("hydrates older responses that were stored, on a later connection too", () => {
    const archive: Archive = new Map()
    const ids = countingIds()
    const before = createRig({ ids, archive })
    const stored = before.turn()
    const unstored = before.turn({ store: false })
    const after = createRig({ ids, archive })
    expect(codeOf(after, { previous_response_id: unstored })).toBe("previous_response_not_found")
    const continued = after.turn({ previous_response_id: stored })
    expect(after.state.responses.get(continued)?.context).toBe("hydrated")
  })

  it("stores nothing by itself when the server does not", () => {
    const rig = createRig({ stored: false })
    rig.turn()
    expect(rig.state.archive.size).toBe(0)
    const asked = rig.turn({ store: true })
    expect([...rig.state.archive.keys()]).toEqual([asked])
  })

  it("is emptied by a failed continuation on the same lane, and not by a failed fork", () => {
    const rig = createRig({ stored: false })
    const parent = rig.turn({ stream_id: "a" })
    const fork = rig.start({ stream_id: "b", previous_response_id: parent })
    expect(rig.state.responses.get(fork)?.context).toBe("forked")
    rig.send(rig.composer.finishResponse(fork, { status: "failed" }))
    const continued = rig.start({ stream_id: "a", previous_response_id: parent })
    rig.send(rig.composer.finishResponse(continued, { status: "failed" }))
    expect(codeOf(rig, { stream_id: "a", previous_response_id: parent })).toBe("previous_response_not_found")
  })

  it("loses the parent of a continuation that was refused before it began", () => {
    const rig = createRig({ stored: false })
    const parent = rig.turn()
    rig.hear({ type: "response.create", previous_response_id: parent })
    const pending = rig.state.pending[0] ?? expect.fail()
    rig.send(rig.composer.error({ for: pending, code: "rate_limit_exceeded", message: "Slow down.", status: 429 }))
    expect(codeOf(rig, { previous_response_id: parent })).toBe("previous_response_not_found")
  })

  it("keeps the parent when something else fails on the lane", () => {
    const rig = createRig({ stored: false })
    const parent = rig.turn()
    rig.send(rig.composer.finishResponse(rig.start(), { status: "failed" }))
    rig.turn({ previous_response_id: parent })
  })

  it("continues from a warm-up, which has no output", () => {
    const rig = createRig({ stored: false })
    const warm = rig.start({ generate: false })
    const events = rig.send(rig.composer.finishResponse(warm))
    expect(types(events)).toEqual(["response.completed"])
    expect(events[0]?.response).toMatchObject({ status: "completed", output: [] })
    rig.turn({ previous_response_id: warm })
  })
})

describe("tool calls", () => {
  it("must all be answered, as over HTTP", () => {
    const rig = createRig()
    const parent = rig.callTurn("call_1")
    expect(refusal(rig, { previous_response_id: parent, input: "And?" })).toEqual({
      type: "invalid_request_error",
      code: null,
      message: "No tool output found for function call call_1.",
      param: "input",
    })
    rig.turn({ previous_response_id: parent, input: [output("call_1")] })
  })

  it("must all be answered in full input too", () => {
    const rig = createRig()
    const call = { type: "function_call", call_id: "call_1", name: "look", arguments: "{}" }
    expect(refusal(rig, { input: [call] }).message).toBe("No tool output found for function call call_1.")
    rig.turn({ input: [call, output("call_1")] })
  })

  it("must be known to what answers them, from anywhere in the chain", () => {
    const rig = createRig()
    expect(refusal(rig, { input: [output("call_9")] })).toMatchObject({
      code: null,
      message: "No tool call found for function call output with call_id call_9.",
    })
    const parent = rig.callTurn("call_1")
    const child = rig.turn({ previous_response_id: parent, input: [output("call_1")] })
    rig.turn({ previous_response_id: child, input: [output("call_1")] })
  })

  it("may hide behind references and in conversations", () => {
    const rig = createRig()
    rig.turn({ input: [{ type: "item_reference", id: "fc_1" }, output("call_9")] })
    rig.turn({ conversation: "conv_1", input: [output("call_9")] })
  })

  it("that were cut short are not owed", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{" }))
    rig.send(rig.composer.finishResponse(R, { status: "incomplete" }))
    rig.turn({ previous_response_id: R })
  })
})

describe("what the server refuses", () => {
  it.each([
    [{ type: "session.update" }, "invalid_value"],
    [{ type: "response.create", previous_response_id: 7 }, "invalid_type"],
    [{ type: "response.create", input: { role: "user" } }, "invalid_type"],
    [{ type: "response.create", background: true }, "unsupported_parameter"],
  ])("%j", (event, code) => {
    const rig = createRig()
    expect(rig.clientBreaks(event)).toMatchObject([{ rule: `client/${code}`, party: "client" }])
    expect(errorIn(rig.hear(event)).code).toBe(code)
  })

  it.each([
    ["{", "not JSON", "invalid_json"],
    ["[]", "not an object", "invalid_event"],
    ["", "binary frame", "invalid_event"],
  ])("the message %j", (text, reason, code) => {
    const rig = createRig()
    expect(errorIn(rig.send(rig.applyClient({ kind: "malformed", text, reason }))).code).toBe(code)
  })

  it("does not mistake a refusal for the end of the response that runs", () => {
    const rig = createRig()
    const R = rig.start()
    rig.hear({ type: "response.cancel" })
    expect(rig.state.responses.get(R)?.phase).toBe("active")
    rig.send(rig.composer.finishResponse(R))
  })

  it("in another shape, when that is how it speaks", () => {
    const rig = createRig({ errorShape: "flat" })
    expect(rig.hear({ type: "response.create", previous_response_id: "gone" })[0]).toMatchObject({
      ...{ type: "error", sequence_number: 0, code: "previous_response_not_found" },
    })
  })
})

describe("steering is refused", () => {
  const steered = (rig: Rig, steer: object) => {
    const event = { type: "response.steer", input: "Shorter.", ...steer }
    const [break_] = rig.clientBreaks(event)
    const [answer] = rig.hear(event)
    const code = break_?.rule.replace("client/", "")
    expect(answer).toMatchObject({ type: "response.steer.failed", error: { code } })
    expect(answer?.steer).not.toHaveProperty("id")
    return code
  }

  it("for a response that is unknown, over, or bound to a conversation", () => {
    const rig = createRig()
    expect(steered(rig, { previous_response_id: "resp_x" })).toBe("response_not_found")
    expect(steered(rig, { previous_response_id: rig.turn() })).toBe("response_already_completed")
    const failed = rig.start()
    rig.send(rig.composer.finishResponse(failed, { status: "failed" }))
    expect(steered(rig, { previous_response_id: failed })).toBe("response_not_active")
    const bound = rig.start({ conversation: "conv_1" })
    expect(steered(rig, { previous_response_id: bound })).toBe("steering_not_supported")
  })

  it.each([
    { stream_id: "a" },
    { input: [] },
    { input: [{ role: "system", content: "No." }] },
    { input: [output("call_1")] },
    { input: [{ role: "user", content: [{ type: "output_text", text: "No." }] }] },
    { previous_response_id: 7 },
  ])("for bad input %j", (bad) => {
    const rig = createRig()
    expect(steered(rig, { previous_response_id: rig.start(), ...bad })).toBe("invalid_input")
  })

  it("beyond 16 at once", () => {
    const rig = createRig()
    const R = rig.start()
    for (let count = 0; count < 16; count += 1) rig.steer(R)
    expect(steered(rig, { previous_response_id: R })).toBe("too_many_pending_steers")
  })

  it("as an unknown type before there were lanes", () => {
    const rig = createRig({ profile: "single" })
    const steer = { type: "response.steer", previous_response_id: rig.start(), input: "Shorter." }
    expect(errorIn(rig.hear(steer)).code).toBe("invalid_value")
  })
})
