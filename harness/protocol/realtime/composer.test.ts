// The order in which output is composed (PROTOCOL.md B.1 rules 3 and 4), as literal sequences.

import { describe, expect, it } from "vitest"
import { pcmMilliseconds } from "./audio.ts"
import { createRig, SECOND_OF_AUDIO, types } from "./rig.test-support.ts"

describe("the composer", () => {
  it("opens, streams and closes a text item", () => {
    const rig = createRig()
    const R = rig.start()
    expect(types(rig.send(rig.composer.textDelta(R, "Hi")))).toEqual([
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "response.output_text.delta",
    ])
    expect(types(rig.send(rig.composer.textDelta(R, " you")))).toEqual(["response.output_text.delta"])
    const closing = rig.send(rig.composer.finishResponse(R))
    expect(closing[0]?.text).toBe("Hi you")
    expect(closing.at(-1)?.response).toMatchObject({
      status: "completed",
      status_details: null,
      output: [{ type: "message", status: "completed", content: [{ type: "output_text", text: "Hi you" }] }],
    })
  })

  it("sends the transcript before its audio and ends audio first", () => {
    const rig = createRig()
    const R = rig.start()
    expect(types(rig.send(rig.composer.audioDelta(R, "AAAA", "Hi"))).slice(3)).toEqual([
      "response.output_audio_transcript.delta",
      "response.output_audio.delta",
    ])
    expect(types(rig.send(rig.composer.finishItem(R)))).toEqual([
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
    ])
    expect(types(rig.send(rig.composer.finishResponse(R)))).toEqual(["response.done"])
  })

  it("interleaves two items of one response (S01)", () => {
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
      output: [{ content: [{ text: "Let me look" }] }, { call_id: "call_1", name: "look", arguments: "{}" }],
    })
  })

  it("fails and cuts short with the details of each", () => {
    const rig = createRig()
    const failure = { type: "requests", code: "rate_limit_exceeded", message: "Slow down." }
    const failed = rig.send(rig.composer.finishResponse(rig.start(), { status: "failed", error: failure }))
    expect(failed[0]?.response).toMatchObject({ status: "failed", status_details: { error: failure }, output: [] })
    const R = rig.start()
    rig.send(rig.composer.textDelta(R, "Half"))
    const cut = rig.send(rig.composer.finishResponse(R, { status: "incomplete", reason: "content_filter" }))
    expect(cut.at(-1)?.response).toMatchObject({
      status_details: { type: "incomplete", reason: "content_filter" },
      output: [{ status: "incomplete" }],
    })
  })

  it("says what is wrong when asked for output of no running response", () => {
    const rig = createRig()
    expect(() => rig.composer.textDelta("resp_9", "Hi")).toThrow(/resp_9.*has not been created/)
    const R = rig.start()
    const call = { call_id: "call_1", name: "look", argumentsPart: "{}" }
    rig.send(rig.composer.callDelta(R, call))
    rig.send(rig.composer.finishItem(R))
    expect(() => rig.composer.callDelta(R, call)).toThrow(/has finished call call_1/)
    rig.send(rig.composer.finishResponse(R))
    expect(() => rig.composer.finishResponse(R)).toThrow(/has ended as completed/)
    expect(() => rig.composer.speechStopped()).toThrow(/is idle, not speaking/)
  })

  it("expires the session with an error that names no event", () => {
    const rig = createRig()
    expect(rig.send(rig.composer.sessionExpired())[0]?.error).toMatchObject({ code: "session_expired", event_id: null })
    expect(rig.state.phase).toBe("expired")
  })
})

describe("pcmMilliseconds", () => {
  it.each([
    ["", 0],
    [SECOND_OF_AUDIO, 1000],
    [Buffer.alloc(4800).toString("base64"), 100],
    [Buffer.alloc(48).toString("base64"), 1],
    [Buffer.alloc(49).toString("base64"), 49 / 48],
    [Buffer.alloc(50).toString("base64"), 50 / 48],
  ])("measures %#", (base64, ms) => {
    expect(pcmMilliseconds(base64)).toBe(ms)
  })

  it("takes another rate", () => expect(pcmMilliseconds(Buffer.alloc(800).toString("base64"), 8)).toBe(100))
})
