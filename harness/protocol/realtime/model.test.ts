// What the model answers to clients, as literal sequences (PROTOCOL.md B and the situations of E named in each title).

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { read } from "./read.ts"
import { createRig, SECOND_OF_AUDIO, types } from "./rig.test-support.ts"

const error = (events: WireEvent[]) => read.members(events[0]?.error)

describe("response.create", () => {
  it("is accepted in silence and echoed by metadata", () => {
    const rig = createRig()
    const metadata = { client_event_id: "e1" }
    expect(rig.applyClient({ type: "response.create", event_id: "e1", response: { metadata } })).toEqual([])
    const [pending] = rig.state.pendingCreates
    expect(pending).toMatchObject({ event_id: "e1", metadata, outOfBand: false })
    const [created] = rig.send(rig.composer.startResponse(pending ? { for: pending } : {}))
    expect(created).toMatchObject({ response: { id: pending?.responseId, status: "in_progress", metadata } })
    const closing = rig.send(rig.composer.finishResponse(pending?.responseId ?? ""))
    expect(closing.at(-1)).toMatchObject({ response: { metadata, output: [], status: "completed" } })
    expect(rig.state.pendingCreates).toEqual([])
  })

  it("conflicts with an active response, by name (C01)", () => {
    const rig = createRig()
    const R = rig.start()
    expect(error(rig.applyClient({ type: "response.create", event_id: "e2" }))).toEqual({
      type: "invalid_request_error",
      code: "conversation_already_has_active_response",
      message: `Conversation already has an active response in progress: ${R}. Wait until the response is finished before creating a new one.`,
      param: null,
      event_id: "e2",
    })
  })

  it("conflicts with a create that is accepted and not yet created", () => {
    const rig = createRig()
    rig.hear({ type: "response.create" })
    expect(error(rig.applyClient({ type: "response.create" })).code).toBe("conversation_already_has_active_response")
  })

  it("may name no event in the conflict (C02)", () => {
    const rig = createRig({ echoEventId: false })
    rig.start()
    expect(error(rig.applyClient({ type: "response.create", event_id: "e2" })).event_id).toBe(null)
  })

  it("out of band runs beside the default response, with conversation_id null and no items (C10, C11)", () => {
    const rig = createRig()
    const R1 = rig.start()
    const R2 = rig.start({ conversation: "none" })
    expect(rig.state.responses.get(R2)?.wire.conversation_id).toBe(null)
    const told = [
      ...rig.send(rig.composer.textDelta(R1, "one")),
      ...rig.send(rig.composer.textDelta(R2, "two")),
      ...rig.send(rig.composer.finishResponse(R2)),
    ]
    expect(told.filter(({ type }) => type.startsWith("conversation.")).length).toBe(1)
    expect(rig.state.activeDefault).toBe(R1)
    rig.send(rig.composer.finishResponse(R1))
  })

  it("overtaken by a turn is refused by the composer (C04)", () => {
    const rig = createRig()
    rig.hear({ type: "response.create", event_id: "e1" })
    rig.send(rig.composer.speechStarted())
    rig.send(rig.composer.speechStopped())
    rig.send(rig.composer.commitSpeech())
    expect(rig.composer.turnWantsResponse()).toBe(true)
    const [created] = rig.send(rig.composer.startResponse())
    expect(read.members(created?.response).metadata).toBe(null)
    const [pending] = rig.state.pendingCreates
    if (pending === undefined) throw new Error("the create is gone")
    expect(error(rig.send(rig.composer.createRefused(pending)))).toMatchObject({ event_id: "e1" })
    expect(rig.state.pendingCreates).toEqual([])
  })

  it.each([
    [{ modalities: ["text"] }, "unknown_parameter"],
    [{ conversation: "main" }, "invalid_value"],
    [{ metadata: { k: 1 } }, "invalid_value"],
    [{ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, ""])) }, "invalid_value"],
    [{ metadata: { ["k".repeat(65)]: "" } }, "invalid_value"],
    [{ metadata: { k: "v".repeat(513) } }, "invalid_value"],
  ])("refuses bad parameters %#", (response, code) => {
    expect(error(createRig().applyClient({ type: "response.create", response })).code).toBe(code)
  })
})

describe("response.cancel", () => {
  it("closes what is open and ends the response (K01)", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.textDelta(R, "Hel"))
    const answers = rig.hear({ type: "response.cancel" })
    expect(types(answers)).toEqual([
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
    ])
    expect(answers.at(-1)?.response).toMatchObject({
      status: "cancelled",
      status_details: { type: "cancelled", reason: "client_cancelled" },
      output: [{ status: "incomplete", content: [{ type: "output_text", text: "Hel" }] }],
    })
    expect(rig.state.responses.get(R)?.phase).toBe("cancelled")
  })

  it("still lets deltas pass when its answer is held back", () => {
    const rig = createRig()
    const R = rig.start()
    rig.send(rig.composer.textDelta(R, "Hel"))
    rig.applyClient({ type: "response.cancel", response_id: R })
    rig.send(rig.composer.textDelta(R, "lo"))
    const closing = rig.send(rig.composer.finishResponse(R))
    expect(closing.at(-1)?.response).toMatchObject({ status: "cancelled", output: [{ content: [{ text: "Hello" }] }] })
  })

  it("before response.created is an error and the response still runs (C12)", () => {
    const rig = createRig()
    rig.hear({ type: "response.create" })
    expect(error(rig.hear({ type: "response.cancel", event_id: "e2" }))).toMatchObject({
      code: "response_cancel_not_active",
      message: "Cancellation failed: no active response found",
      event_id: null,
    })
    expect(rig.state.pendingCreates.length).toBe(1)
  })

  it("with the id of an out-of-band response leaves the default one alone", () => {
    const rig = createRig()
    const R1 = rig.start()
    const R2 = rig.start({ conversation: "none" })
    expect(types(rig.hear({ type: "response.cancel", response_id: R2 }))).toEqual(["response.done"])
    expect(rig.state.activeDefault).toBe(R1)
  })

  it("of an ended response is not active (K02)", () => {
    const rig = createRig({ echoEventId: true })
    const R = rig.start()
    rig.send(rig.composer.finishResponse(R))
    const refused = error(rig.applyClient({ type: "response.cancel", response_id: R, event_id: "e9" }))
    expect(refused).toMatchObject({ code: "response_cancel_not_active", event_id: "e9" })
  })
})

describe("session.update", () => {
  it("merges by name and answers with the whole session", () => {
    const rig = createRig()
    const session = {
      type: "realtime",
      instructions: "Be brief.",
      audio: { input: { turn_detection: { type: "server_vad", silence_duration_ms: 500 } } },
    }
    expect(rig.hear({ type: "session.update", session })[0]).toMatchObject({
      type: "session.updated",
      session: {
        object: "realtime.session",
        instructions: "Be brief.",
        audio: {
          input: { turn_detection: { silence_duration_ms: 500, create_response: true }, format: { rate: 24000 } },
          output: { voice: "alloy" },
        },
      },
    })
  })

  it("keeps an update whose acknowledgement is still to come", () => {
    const rig = createRig()
    const first = rig.applyClient({ type: "session.update", session: { type: "realtime", instructions: "A" } })
    const second = rig.applyClient({ type: "session.update", session: { type: "realtime", tool_choice: "none" } })
    expect(second[0]?.session).toMatchObject({ instructions: "A", tool_choice: "none" })
    rig.send([...first, ...second])
    expect(rig.state.updatesOwed).toEqual([])
  })

  const audio = (members: object) => ({ type: "realtime", audio: members })
  it.each([
    [undefined, "missing_required_parameter"],
    [{ instructions: "A" }, "missing_required_parameter"],
    [{ type: "realtime", instructions: "A", temperature: 1 }, "unknown_parameter"],
    [audio({ input: { vad: null } }), "unknown_parameter"],
    [{ type: "transcription" }, "invalid_value"],
    [{ type: "realtime", model: "other" }, "invalid_value"],
    [{ type: "realtime", output_modalities: ["audio", "text"] }, "invalid_value"],
    [audio({ input: { format: { type: "audio/pcm", rate: 16000 } } }), "integer_below_min_value"],
  ])("discards the whole for one bad field %# (N01)", (session, code) => {
    const rig = createRig()
    expect(error(rig.hear({ type: "session.update", session })).code).toBe(code)
    expect(rig.state.session.instructions).not.toBe("A")
    expect(rig.state.updatesOwed).toEqual([])
  })

  it("fixes the voice once audio was sent", () => {
    const rig = createRig()
    const update = (voice: string) => ({ type: "session.update", session: audio({ output: { voice } }) })
    expect(types(rig.hear(update("marin")))).toEqual(["session.updated"])
    rig.send(rig.composer.audioDelta(rig.start(), "AAAA"))
    expect(error(rig.applyClient(update("alloy"))).code).toBe("cannot_update_voice")
    expect(types(rig.applyClient(update("marin")))).toEqual(["session.updated"])
  })
})

describe("what is no client event", () => {
  it.each([
    [{ kind: "malformed", text: "{", reason: "not JSON" } as const, "invalid_json"],
    [{ kind: "malformed", text: "42", reason: "not an object" } as const, "invalid_event"],
    [{ kind: "malformed", text: "", reason: "binary message" } as const, "invalid_event"],
    [{ type: "output_audio_buffer.clear" }, "invalid_value"],
    [{ type: "transcription_session.update" }, "invalid_value"],
  ])("%j is refused with %s", (message, code) => {
    const rig = createRig()
    expect(rig.clientBreaks(message)).toMatchObject([{ rule: `client/${code}`, party: "client" }])
    expect(error(rig.applyClient(message)).code).toBe(code)
  })
})

describe("a recorded log", () => {
  it("may answer a create that looked refused from the client's side (a race on the wire)", () => {
    const rig = createRig()
    const R1 = rig.start()
    const closing = rig.composer.finishResponse(R1)
    rig.applyClient({ type: "response.create", event_id: "e2" })
    rig.send(closing)
    rig.send([rig.event("response.created", { response: { id: "R2", status: "in_progress", metadata: null } })])
    expect(rig.state.refusedCreates).toEqual([])
  })

  it("may commit a detected turn while the client's own commit is on its way (V03)", () => {
    const rig = createRig()
    rig.hear({ type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO })
    rig.send(rig.composer.speechStarted())
    rig.send(rig.composer.speechStopped())
    const detected = rig.composer.commitSpeech()
    rig.applyClient({ type: "input_audio_buffer.commit" })
    rig.send(detected)
    expect(rig.state.input).toMatchObject({ turnsOwed: 1, commitsOwed: [expect.any(String)] })
    rig.send(rig.composer.startResponse())
    rig.send(rig.composer.error({ code: "input_audio_buffer_commit_empty", message: "Empty." }))
    expect(rig.state.input.commitsOwed).toEqual([])
  })

  it("of a sideband socket begins with session.updated (N07)", () => {
    const rig = createRig({ opening: true })
    rig.hear({ type: "session.update", session: { type: "realtime" } })
    expect(rig.state.phase).toBe("open")
  })
})
