// The order in which output is composed (PROTOCOL.md C.5), as literal sequences.

import { describe, expect, it } from "vitest"
import { createRig, types } from "./rig.test-support.ts"

describe("the composer", () => {
  it("opens, streams and closes a call", () => {
    const rig = createRig()
    const R = rig.start()
    const call = { call_id: "call_1", name: "look" }
    expect(types(rig.send(rig.composer.callDelta(R, { ...call, argumentsPart: "{" })))).toEqual([
      "response.output_item.added",
      "response.function_call_arguments.delta",
    ])
    rig.send(rig.composer.callDelta(R, { ...call, argumentsPart: "}" }))
    const closing = rig.send(rig.composer.finishResponse(R))
    expect(closing[0]).toMatchObject({ type: "response.function_call_arguments.done", arguments: "{}" })
    expect(closing.at(-1)?.response).toMatchObject({
      output: [{ type: "function_call", status: "completed", ...call, arguments: "{}" }],
    })
  })

  it("summarises reasoning", () => {
    const rig = createRig()
    const R = rig.start()
    const events = [...rig.send(rig.composer.reasoningDelta(R, "Hm.")), ...rig.send(rig.composer.finishItem(R))]
    expect(types(events)).toEqual([
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
    ])
    expect(events.at(-1)?.item).toEqual({
      ...{ id: "item_1", type: "reasoning" },
      summary: [{ type: "summary_text", text: "Hm." }],
    })
  })

  it("refuses in a part of its own, after the text", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.textDelta(R, "Well, "))
    const refusing = rig.send(rig.composer.refusalDelta(R, "no."))
    expect(refusing.map(({ type, content_index }) => [type, content_index])).toEqual([
      ["response.content_part.added", 1],
      ["response.refusal.delta", 1],
    ])
    expect(rig.send(rig.composer.finishResponse(R)).at(-1)?.response).toMatchObject({
      output: [{ content: [{ text: "Well, " }, { type: "refusal", refusal: "no." }] }],
    })
  })

  it("interleaves two items of one response", () => {
    const rig = createRig()
    const R = rig.start()
    const events = [
      ...rig.send(rig.composer.textDelta(R, "Let me", { item: "words" })),
      ...rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{" })),
      ...rig.send(rig.composer.textDelta(R, " look", { item: "words" })),
      ...rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "}" })),
      ...rig.send(rig.composer.finishItem(R, { item: "words" })),
      ...rig.send(rig.composer.finishResponse(R)),
    ]
    const indexes = events.filter(({ type }) => type.endsWith(".delta")).map(({ output_index }) => output_index)
    expect(indexes).toEqual([0, 1, 0, 1])
    expect(events.at(-1)?.response).toMatchObject({
      output: [{ content: [{ text: "Let me look" }] }, { call_id: "call_1", arguments: "{}" }],
    })
  })

  it("leaves open items open in a response that fails, and does not list them", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.textDelta(R, "Hi"))
    rig.send(rig.composer.finishItem(R))
    rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{" }))
    const events = rig.send(rig.composer.finishResponse(R, { status: "failed" }))
    expect(types(events)).toEqual(["response.failed"])
    expect(events[0]?.response).toMatchObject({
      error: { code: "server_error" },
      output: [{ content: [{ text: "Hi" }] }],
    })
  })

  it("queues before it starts, under an id of the story's choice", () => {
    const rig = createRig()
    rig.hear({ type: "response.create", metadata: { turn: "1" } })
    const events = rig.send(rig.composer.startResponse({ id: "R", queued: true }))
    expect(types(events)).toEqual(["response.created", "response.queued", "response.in_progress"])
    expect(events[0]?.response).toMatchObject({ id: "R", status: "queued", metadata: { turn: "1" } })
  })

  it("takes hosted tools and custom calls as they come", () => {
    const rig = createRig()
    rig.start()
    const at = { item_id: "ws_1", output_index: 0 }
    const custom = { id: "ct_1", type: "custom_tool_call", call_id: "call_1", name: "edit", input: "" }
    rig.send([
      { type: "response.output_item.added", sequence_number: 2, output_index: 0, item: { id: "ws_1", type: "x" } },
      { type: "response.web_search_call.searching", sequence_number: 3, ...at },
      { type: "response.output_item.done", sequence_number: 4, output_index: 0, item: { id: "ws_1", type: "x" } },
      { type: "response.output_item.added", sequence_number: 5, output_index: 1, item: custom },
      {
        type: "response.custom_tool_call_input.delta",
        sequence_number: 6,
        item_id: "ct_1",
        output_index: 1,
        delta: "+",
      },
      {
        type: "response.custom_tool_call_input.done",
        sequence_number: 7,
        item_id: "ct_1",
        output_index: 1,
        input: "+",
      },
      { type: "response.output_item.done", sequence_number: 8, output_index: 1, item: { ...custom, input: "+" } },
    ])
    rig.send(rig.composer.finishResponse("resp_1"))
    const [error] = rig.hear({ type: "response.create", previous_response_id: "resp_1" })
    expect(error?.error).toMatchObject({ message: "No tool output found for custom tool call call_1." })
  })

  it("says what cannot be composed, and why", () => {
    const rig = createRig()
    expect(() => rig.composer.startResponse()).toThrow("No response.create may start now")
    expect(() => rig.composer.textDelta("resp_x", "Hi")).toThrow("it has not been created")
    const R = rig.turn()
    expect(() => rig.composer.finishResponse(R, { status: "failed" })).toThrow("it has ended as completed")
    expect(() => rig.composer.startResponse({ after: R })).toThrow("no accepted steering")
    const S = rig.start()
    expect(() => rig.composer.finishItem(S)).toThrow("no open item")
    const call = { call_id: "call_1", name: "look", argumentsPart: "{}" }
    rig.send(rig.composer.callDelta(S, call))
    rig.send(rig.composer.finishItem(S))
    expect(() => rig.composer.callDelta(S, call)).toThrow("has finished call call_1")
  })
})
