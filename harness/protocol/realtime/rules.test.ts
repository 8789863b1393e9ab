// Breaks every rule of the table once, each by one event after a lawful beginning, and expects that rule and no other.

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { createRig, type Rig } from "./rig.test-support.ts"
import { RULES, type RuleId } from "./rules.ts"

type Offence = (rig: Rig) => WireEvent

const done = (rig: Rig, id: string, rest: object = {}) =>
  rig.event("response.done", { response: { id, status: "completed", output: [], ...rest } })

/** A response that has streamed `Hi` into a text item. */
function texted(rig: Rig): { R: string; item: string } {
  const R = rig.start()
  rig.send(rig.composer.textDelta(R, "Hi"))
  return { R, item: rig.state.responses.get(R)?.items[0]?.id ?? "" }
}

/** The closing events of that item, up to and without the first of `type`; and that one. */
function closingUpTo(rig: Rig, R: string, type: string): WireEvent {
  const events = rig.composer.finishResponse(R)
  const index = events.findIndex((event) => event.type === type)
  rig.send(events.slice(0, index))
  return events[index] ?? rig.event("missing")
}

const part = (R: string, item: string, rest: object = {}) => ({
  ...{ response_id: R, item_id: item, output_index: 0, content_index: 0 },
  ...rest,
})

const OFFENCES: Record<RuleId, Offence> = {
  "session-created-first": () => ({ type: "response.done", event_id: "event_0" }),
  "session-created-once": (rig) => rig.event("session.created", { session: {} }),
  "session-updated-answers-update": (rig) => rig.event("session.updated", { session: {} }),
  "nothing-after-expiry": (rig) => {
    rig.send(rig.composer.sessionExpired())
    return rig.event("rate_limits.updated")
  },
  "event-id-present": () => ({ type: "rate_limits.updated" }),
  "event-id-unique": () => ({ type: "rate_limits.updated", event_id: "event_1" }),

  "response-created-first": (rig) => rig.event("response.output_text.delta", part("resp_x", "item_x")),
  "response-created-once": (rig) => rig.event("response.created", { response: { id: rig.start() } }),
  "response-created-in-progress": (rig) => {
    rig.hear({ type: "response.create" })
    return rig.event("response.created", { response: { id: "R", status: "completed", metadata: null } })
  },
  "response-has-a-cause": (rig) => rig.event("response.created", { response: { id: "R", status: "in_progress" } }),
  "one-default-response": (rig) => {
    rig.start()
    rig.hear({ type: "response.create", response: { conversation: "none" } })
    const pending = rig.state.pendingCreates[0]
    return rig.composer.startResponse(pending ? { for: pending, outOfBand: false } : {})[0] ?? rig.event("missing")
  },
  "user-item-before-response": (rig) => {
    rig.send([...rig.composer.speechStarted()])
    rig.send([...rig.composer.speechStopped()])
    rig.send(rig.composer.commitSpeech().slice(0, 2))
    return rig.composer.startResponse()[0] ?? rig.event("missing")
  },
  "metadata-echoed": (rig) => {
    rig.hear({ type: "response.create", response: { metadata: { turn: "1" } } })
    return rig.event("response.created", { response: { id: "R", status: "in_progress", metadata: null } })
  },
  "response-done-once": (rig) => {
    const R = rig.start()
    rig.send(rig.composer.finishResponse(R))
    return done(rig, R)
  },
  "nothing-after-response-done": (rig) => {
    const R = rig.start()
    rig.send(rig.composer.finishResponse(R))
    return rig.event("response.output_item.added", { response_id: R, output_index: 0, item: { id: "late" } })
  },
  "response-done-status": (rig) => done(rig, rig.start(), { status: "in_progress" }),
  "status-details-match": (rig) => done(rig, rig.start(), { status: "incomplete", status_details: null }),
  "client-cancelled-was-asked": (rig) =>
    done(rig, rig.start(), { status: "cancelled", status_details: { reason: "client_cancelled" } }),
  "turn-detected-after-speech": (rig) =>
    done(rig, rig.start(), { status: "cancelled", status_details: { reason: "turn_detected" } }),
  "response-done-closes-items": (rig) => {
    const { R, item } = texted(rig)
    return done(rig, R, { output: [{ id: item }] })
  },
  "response-done-lists-items": (rig) => {
    const { R } = texted(rig)
    rig.send(rig.composer.finishItem(R))
    return done(rig, R)
  },

  "item-added-first": (rig) => rig.event("response.output_text.delta", part(rig.start(), "item_x")),
  "item-added-once": (rig) => {
    const { R, item } = texted(rig)
    return rig.event("response.output_item.added", { response_id: R, output_index: 1, item: { id: item } })
  },
  "output-index-in-order": (rig) =>
    rig.event("response.output_item.added", { response_id: rig.start(), output_index: 1, item: { id: "i" } }),
  "output-index-stable": (rig) => {
    const { R, item } = texted(rig)
    return rig.event("response.output_text.delta", part(R, item, { output_index: 1 }))
  },
  "nothing-after-item-done": (rig) => {
    const { R, item } = texted(rig)
    rig.send(rig.composer.finishItem(R))
    return rig.event("response.content_part.added", part(R, item, { content_index: 1, part: { type: "text" } }))
  },
  "part-added-first": (rig) => {
    const { R, item } = texted(rig)
    return rig.event("response.output_text.delta", part(R, item, { content_index: 7 }))
  },
  "part-added-once": (rig) => {
    const { R, item } = texted(rig)
    return rig.event("response.content_part.added", part(R, item))
  },
  "delta-before-done": (rig) => {
    const { R, item } = texted(rig)
    closingUpTo(rig, R, "response.content_part.done")
    return rig.event("response.output_text.delta", part(R, item, { delta: "!" }))
  },
  "delta-concat-is-done": (rig) => {
    const { R } = texted(rig)
    return { ...closingUpTo(rig, R, "response.output_text.done"), text: "Ho" }
  },
  "audio-done-before-transcript-done": (rig) => {
    const R = rig.start()
    rig.send(rig.composer.audioDelta(R, "AAAA", "Hi"))
    closingUpTo(rig, R, "response.output_audio.done")
    return rig.composer.finishResponse(R)[1] ?? rig.event("missing")
  },
  "streams-done-before-part-done": (rig) => {
    const { R, item } = texted(rig)
    return rig.event("response.content_part.done", part(R, item, { part: { type: "text", text: "Hi" } }))
  },
  "parts-done-before-item-done": (rig) => {
    const { R, item } = texted(rig)
    rig.send([rig.event("conversation.item.done", { item: { id: item } })])
    return rig.event("response.output_item.done", { response_id: R, output_index: 0, item: { id: item } })
  },
  "item-repeats-its-parts": (rig) => {
    const { R, item } = texted(rig)
    const content = [{ type: "output_text", text: "Ho" }]
    return { ...closingUpTo(rig, R, "response.output_item.done"), item: { id: item, content } }
  },
  "call-keeps-its-names": (rig) => {
    const R = rig.start()
    rig.send(rig.composer.callDelta(R, { call_id: "call_1", name: "weather", argumentsPart: "{}" }))
    return { ...closingUpTo(rig, R, "response.function_call_arguments.done"), call_id: "call_2" }
  },

  "conversation-item-follows-output-item": (rig) => {
    const [added, , partAdded] = rig.composer.textDelta(rig.start(), "Hi")
    rig.send(added ? [added] : [])
    return partAdded ?? rig.event("missing")
  },
  "conversation-item-done-before-output-item-done": (rig) => {
    const { R } = texted(rig)
    closingUpTo(rig, R, "conversation.item.done")
    return rig.composer.finishResponse(R)[1] ?? rig.event("missing")
  },
  "conversation-item-added-before-done": (rig) => rig.event("conversation.item.done", { item: { id: "item_x" } }),
  "conversation-item-once": (rig) => {
    const item = { id: "mine", type: "message", role: "user", content: [] }
    rig.hear({ type: "conversation.item.create", item })
    return rig.event("conversation.item.added", { item })
  },
  "out-of-band-stays-out": (rig) => {
    const R = rig.start({ conversation: "none" })
    rig.send(rig.composer.textDelta(R, "Hi"))
    return rig.event("conversation.item.added", { item: { id: rig.state.responses.get(R)?.items[0]?.id } })
  },

  "speech-stops-after-it-starts": (rig) => rig.event("input_audio_buffer.speech_stopped", { item_id: "item_x" }),
  "speech-starts-once": (rig) => {
    rig.send(rig.composer.speechStarted())
    return rig.event("input_audio_buffer.speech_started", { item_id: "item_x" })
  },
  "committed-once": (rig) => {
    rig.send(rig.composer.idleTimeout())
    return rig.event("input_audio_buffer.committed", { item_id: rig.state.order.at(-1) })
  },
  "committed-before-user-item": (rig) => {
    rig.send(rig.composer.speechStarted())
    return rig.event("conversation.item.added", { item: { id: rig.state.input.itemId, type: "message" } })
  },
  "transcription-ends-once": (rig) => {
    rig.send(rig.composer.idleTimeout())
    const item = rig.state.order.at(-1) ?? ""
    rig.send(rig.composer.transcriptionCompleted(item, "Hello."))
    return rig.composer.transcriptionDelta(item, "late")[0] ?? rig.event("missing")
  },
}

describe("the rules", () => {
  it.each(RULES.map(({ id }) => id))("%s is broken by the event that breaks it, and alone", (id) => {
    const rig = createRig({ opening: id === "session-created-first" })
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
