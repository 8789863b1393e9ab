// What the model answers to clients that put items and audio into the conversation, as literal sequences (PROTOCOL.md B and the
// situations of E named in each title).

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { read } from "./read.ts"
import { createRig, SECOND_OF_AUDIO, types } from "./rig.test-support.ts"

const error = (events: WireEvent[]) => read.members(events[0]?.error)
const userText = (text: string, id?: string) => ({
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text }], ...(id ? { id } : {}) },
})

describe("conversation items", () => {
  it("are added and done in order, though the first answer is held back", () => {
    const rig = createRig()
    const held = rig.applyClient(userText("one"))
    const second = rig.applyClient(userText("two", "mine"))
    expect(types(held)).toEqual(["conversation.item.added", "conversation.item.done"])
    expect(second[0]).toMatchObject({ previous_item_id: "item_1", item: { id: "mine", status: "completed" } })
    rig.send([...held, ...second])
    expect(rig.state.order).toEqual(["item_1", "mine"])
  })

  it("go where previous_item_id says", () => {
    const rig = createRig()
    for (const id of ["a", "b"]) rig.hear(userText(id, id))
    rig.hear({ ...userText("c", "c"), previous_item_id: "a" })
    expect(rig.hear({ ...userText("d", "d"), previous_item_id: "root" })[0]).toMatchObject({ previous_item_id: null })
    expect(rig.state.order).toEqual(["d", "a", "c", "b"])
  })

  it("are refused as duplicates, after unknown items and for unknown calls (F04)", () => {
    const rig = createRig()
    rig.hear(userText("one", "a"))
    expect(error(rig.applyClient(userText("two", "a"))).code).toBe("invalid_value")
    expect(error(rig.applyClient({ ...userText("two"), previous_item_id: "z" })).code).toBe("invalid_value")
    const item = { type: "function_call_output", call_id: "call_X", output: "" }
    expect(error(rig.applyClient({ type: "conversation.item.create", item }))).toMatchObject({
      code: "invalid_tool_call_id",
      message: "Tool call ID 'call_X' not found in conversation.",
    })
  })

  it("acknowledge a tool's output only after response.done (S18)", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "weather", argumentsPart: "{}" }))
    const item = { type: "function_call_output", call_id: "call_1", output: "fog" }
    expect(rig.hear({ type: "conversation.item.create", item })).toEqual([])
    expect(types(rig.send(rig.composer.finishResponse(R)))).toEqual([
      "response.function_call_arguments.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "conversation.item.added",
      "conversation.item.done",
    ])
    expect(rig.state.delayedAcks).toEqual([])
  })

  it("are retrieved and deleted once", () => {
    const rig = createRig()
    rig.hear(userText("one", "a"))
    expect(rig.hear({ type: "conversation.item.retrieve", item_id: "a" })[0]).toMatchObject({
      type: "conversation.item.retrieved",
      item: { id: "a", role: "user" },
    })
    const deleted = rig.applyClient({ type: "conversation.item.delete", item_id: "a" })
    expect(deleted[0]).toMatchObject({ type: "conversation.item.deleted", item_id: "a" })
    expect(error(rig.applyClient({ type: "conversation.item.delete", item_id: "a", event_id: "e1" }))).toMatchObject({
      code: "item_delete_invalid_item_id",
      message: "Error deleting item: the item with id 'a' does not exist.",
      event_id: null,
    })
    rig.send(deleted)
    expect(rig.state.items.size).toBe(0)
  })

  it("are truncated no further than they are long (K08)", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.audioDelta(R, SECOND_OF_AUDIO, "Hello"))
    const item_id = rig.state.order.at(-1)
    const truncate = (audio_end_ms: number) =>
      rig.hear({ type: "conversation.item.truncate", item_id, content_index: 0, audio_end_ms })
    expect(error(truncate(1500)).message).toBe("Audio content of 1000ms is already shorter than 1500ms")
    expect(truncate(400)[0]).toMatchObject({ type: "conversation.item.truncated", audio_end_ms: 400 })
    expect(error(truncate(500))).toMatchObject({ code: "invalid_value" })
  })
})

describe("input audio", () => {
  it("is committed by hand from 100 ms on (V03)", () => {
    const rig = createRig()
    expect(error(rig.hear({ type: "input_audio_buffer.commit" }))).toMatchObject({
      code: "input_audio_buffer_commit_empty",
      message: expect.stringContaining("buffer only has 0.00ms of audio"),
    })
    expect(rig.hear({ type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO })).toEqual([])
    const answers = rig.hear({ type: "input_audio_buffer.commit" })
    expect(types(answers)).toEqual([
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ])
    expect(rig.state.input).toMatchObject({ bufferedMs: 0, receivedMs: 1000, turnsOwed: 0 })
  })

  it("keeps what came after a commit whose answer is held back", () => {
    const rig = createRig()
    const append = { type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO }
    rig.hear(append)
    const held = rig.applyClient({ type: "input_audio_buffer.commit" })
    rig.hear(append)
    rig.send(held)
    expect(rig.state.input.bufferedMs).toBe(1000)
    rig.hear({ type: "input_audio_buffer.clear" })
    expect(rig.state.input.bufferedMs).toBe(0)
  })

  it("makes a turn of the server's own (V01), over the assistant an interruption (V06)", () => {
    const rig = createRig()
    const turn = [
      ...rig.send(rig.composer.speechStarted()),
      ...rig.send(rig.composer.speechStopped()),
      ...rig.send(rig.composer.commitSpeech()),
      ...rig.send(rig.composer.startResponse()),
    ]
    expect(types(turn)).toEqual([
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
      "response.created",
    ])
    expect(new Set(turn.slice(0, 3).map(({ item_id }) => item_id)).size).toBe(1)
    const interruption = rig.send(rig.composer.interruption())
    expect(types(interruption)).toEqual(["input_audio_buffer.speech_started", "response.done"])
    expect(interruption[1]?.response).toMatchObject({ status_details: { reason: "turn_detected" }, output: [] })
  })

  it("ends speech without speech_stopped on a manual commit (V02)", () => {
    const rig = createRig()
    rig.hear({ type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO })
    const [started] = rig.send(rig.composer.speechStarted())
    const [committed] = rig.hear({ type: "input_audio_buffer.commit" })
    expect(committed?.item_id).not.toBe(started?.item_id)
    expect(rig.state.input).toMatchObject({ phase: "idle", turnsOwed: 0 })
  })

  it("times out into an item of silence and a response (V04)", () => {
    const rig = createRig()
    expect(types(rig.send(rig.composer.idleTimeout()))).toEqual([
      "input_audio_buffer.timeout_triggered",
      "input_audio_buffer.committed",
      "conversation.item.added",
      "conversation.item.done",
    ])
    rig.send(rig.composer.startResponse())
  })
})
