// The situations W15 to W24 of PROTOCOL.md E as literal sequences, as far as the server's side of each goes.

import { expect, it } from "vitest"
import { createRig, errorIn, output, types } from "./rig.test-support.ts"

it("W15: a finished call is told before its response completes, so a close between leaves the outcome open", () => {
  const rig = createRig()
  const R = rig.start()
  rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: '{"at":' }))
  rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: '"it"}' }))
  const events = rig.send(rig.composer.finishItem(R))
  expect(types(events)).toEqual(["response.function_call_arguments.done", "response.output_item.done"])
  expect(events[1]?.item).toMatchObject({ call_id: "call_1", name: "look", arguments: '{"at":"it"}' })
  expect(rig.state.responses.get(R)?.phase).toBe("active")
})

it("W16: the terminal may leave its output out", () => {
  const rig = createRig()
  const R = rig.start()
  rig.send(rig.composer.textDelta(R, "Hi"))
  const events = rig.send(rig.composer.finishResponse(R, { status: "completed", withoutOutput: true }))
  expect(events.at(-1)?.response).not.toHaveProperty("output")
  expect(events.at(-2)?.item).toMatchObject({ content: [{ text: "Hi" }] })
})

it("W17: vendor events break nothing, numbered or not", () => {
  const rig = createRig()
  const R = rig.start()
  rig.send([
    { type: "keepalive", sequence_number: 2 },
    { type: "codex.rate_limits", plan_type: "plus" },
    { type: "responsesapi.websocket_timing" },
    { type: "response.metadata", sequence_number: 3 },
  ])
  expect(rig.composer.textDelta(R, "Hi")[0]?.sequence_number).toBe(4)
})

it("W18: there is no response.cancel", () => {
  const rig = createRig()
  rig.hear({ type: "response.create", stream_id: "a" })
  rig.send(rig.composer.startResponse())
  expect(errorIn(rig.hear({ type: "response.cancel" }))).toMatchObject({
    code: "invalid_value",
    param: "type",
    message: "Invalid value: 'response.cancel'. Supported values are: 'response.create', 'response.steer'.",
  })
  expect([...rig.state.responses.values()].map(({ phase }) => phase)).toEqual(["active"])
})

it.each([
  ["a gap", 3],
  ["a repeat", 1],
])("W20: %s in the numbers is noticed once", (_, sequence_number) => {
  const rig = createRig()
  const R = rig.start()
  const [added, part] = rig.composer.textDelta(R, "Hi")
  if (added === undefined || part === undefined) throw new Error("nothing was composed")
  expect(rig.applyServer({ ...added, sequence_number }).map(({ rule }) => rule)).toEqual(["sequence-number-in-order"])
  expect(rig.applyServer({ ...part, sequence_number: sequence_number + 1 })).toEqual([])
})

it.each(["failed", "error"])("W21: a response that ended as %s cannot be continued", (how) => {
  const rig = createRig()
  const R = rig.start()
  if (how === "failed") rig.send(rig.composer.finishResponse(R, { status: "failed" }))
  else rig.send(rig.composer.error({ for: R, message: "Sorry." }))
  expect(errorIn(rig.hear({ type: "response.create", previous_response_id: R })).code).toBe(
    "previous_response_not_found",
  )
})

it("W24: steering waits for the tool outputs, which one create gives", () => {
  const rig = createRig()
  const R = rig.start({ stream_id: "a" })
  rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{}" }))
  rig.steer(R)
  expect(rig.send(rig.composer.finishResponse(R)).slice(-2)).toMatchObject([
    { type: "response.completed", sequence_number: 7 },
    {
      ...{ type: "response.steer.pending", sequence_number: 8, stream_id: "a", reason: "waiting_for_required_input" },
      required_input: [{ type: "function_call_output", call_id: "call_1", name: "look" }],
      steer: { id: "steer_1", previous_response_id: R },
    },
  ])
  expect(rig.composer.successorsOwed()).toEqual([])
  rig.start({ stream_id: "a", previous_response_id: R, input: [output("call_1")] })
  expect(rig.state.steers.map(({ phase }) => phase)).toEqual(["committed"])
})
