// What each dialect makes of the same lawful session, against the facts recorded in PROTOCOL.md A.5 and A.6.

import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { parseFrame, realtimeBetaInventory, realtimeInventory } from "../parse.ts"
import { createDialect, type DialectName, dialectNames } from "./dialects.ts"
import { read } from "./read.ts"
import { createRig, SECOND_OF_AUDIO, types } from "./rig.test-support.ts"

/** A session with a spoken turn, its transcript, and a reply of a message and a call, as the model says it. */
function lawfulSession(): WireEvent[] {
  const rig = createRig({ opening: true })
  const { composer } = rig
  const said: WireEvent[] = []
  const say = (events: WireEvent[]) => void said.push(...rig.send(events))
  say(composer.sessionCreated())
  rig.hear({ type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO })
  say(composer.speechStarted())
  say(composer.speechStopped())
  say(composer.commitSpeech())
  const spoken = rig.state.order.at(-1) ?? ""
  const R = "resp_x"
  say(composer.startResponse({ id: R }))
  say(composer.audioDelta(R, SECOND_OF_AUDIO, "Let me look"))
  say(composer.finishItem(R))
  say(composer.callDelta(R, { call_id: "call_1", name: "look", argumentsPart: "{}" }))
  say(composer.finishResponse(R))
  say(composer.transcriptionDelta(spoken, "what is "))
  say(composer.transcriptionDelta(spoken, "new"))
  say(composer.transcriptionCompleted(spoken, "what is new"))
  say(composer.rateLimits())
  return said
}

function told(name: DialectName, said = lawfulSession()): WireEvent[] {
  const dialect = createDialect(name)
  return said.flatMap((event) => dialect.outgoing(event))
}

const only = (events: readonly WireEvent[], type: string) => events.filter((event) => event.type === type)
const position = (events: readonly WireEvent[], type: string) => types(events).indexOf(type)

describe("openai", () => {
  it("is what the model says, untouched", () => {
    const said = lawfulSession()
    const heard = told("openai", said)
    expect(heard).toEqual(said)
    for (const [at, event] of heard.entries()) expect(event).toBe(said[at])
  })
})

describe("azure", () => {
  const events = told("azure")

  it("never sends conversation.created or rate limits, and both events of an item", () => {
    expect(only(events, "conversation.created")).toEqual([])
    expect(only(events, "rate_limits.updated")).toEqual([])
    expect(only(events, "conversation.item.added").length).toBe(only(events, "conversation.item.done").length)
  })

  it("cannot transcribe without a deployment", () => {
    const [failed] = only(events, "conversation.item.input_audio_transcription.failed")
    expect(failed?.error).toMatchObject({ code: "transcription_requires_deployment" })
    expect(types(events).some((type) => /transcription\.(delta|completed)/.test(type))).toBe(false)
  })

  it("keeps ids, indexes and the order of done events", () => {
    const ends = types(events).filter((type) => type.startsWith("response.") && type.endsWith(".done"))
    expect(ends.slice(0, 3)).toEqual([
      "response.output_audio.done",
      "response.output_audio_transcript.done",
      "response.content_part.done",
    ])
    expect(only(events, "response.output_item.added").map(({ output_index }) => output_index)).toEqual([0, 1])
  })

  it("is GA to the letter: every event is of the declared shape", () => {
    expect(problems(events, realtimeInventory)).toEqual([])
  })
})

describe("xai", () => {
  const events = told("xai")

  it("says conversation.created after session.created, and pings", () => {
    expect(types(events).slice(0, 3)).toEqual(["session.created", "conversation.created", "ping"])
  })

  it("adds items and never calls them done; the user's before its audio is committed", () => {
    expect(only(events, "conversation.item.done")).toEqual([])
    const added = position(events, "conversation.item.added")
    expect(types(events)[added + 1]).toBe("input_audio_buffer.committed")
  })

  it("ends a part before its audio and transcript", () => {
    const ends = types(events).filter((type) => /^response\.(output_audio|content_part).*\.done$/.test(type))
    expect(ends).toEqual([
      "response.content_part.done",
      "response.output_audio.done",
      "response.output_audio_transcript.done",
    ])
  })

  it("gives a call the id and index of the message beside it", () => {
    const [message, call] = only(events, "response.output_item.added")
    expect(read.members(call?.item)).toMatchObject({ type: "function_call", id: read.members(message?.item).id })
    expect(call?.output_index).toBe(0)
    const [done] = only(events, "response.done")
    const ids = read.list(read.members(done?.response).output).map((item) => read.members(item).id)
    expect(ids).toEqual([ids[0], ids[0]])
  })

  it("leaves output_index out of argument deltas, and puts previous_item_id everywhere", () => {
    expect(only(events, "response.function_call_arguments.delta")[0]).not.toHaveProperty("output_index")
    expect(events.filter((event) => !("previous_item_id" in event))).toEqual([])
  })

  it("has usage beside the response, and words for the details of its status", () => {
    const [done] = only(events, "response.done")
    expect(done?.usage).toMatchObject({ total_tokens: 32 })
    expect(done?.response).not.toHaveProperty("usage")
    const details = { type: "failed", error: { type: "x", code: "y", message: "It broke." } }
    const [failed] = told("xai", [{ type: "response.done", event_id: "e", response: { status_details: details } }])
    expect(failed?.response).toMatchObject({ status_details: "It broke." })
  })

  it("tells transcripts whole and more than once", () => {
    const name = "conversation.item.input_audio_transcription"
    expect(only(events, `${name}.updated`).map(({ transcript }) => transcript)).toEqual(["what is ", "what is new"])
    expect(only(events, `${name}.completed`).map(({ transcript }) => transcript)).toEqual(["what i", "what is new"])
  })

  it("deletes items without naming them", () => {
    const [deleted] = told("xai", [{ type: "conversation.item.deleted", event_id: "e", item_id: "item_1" }])
    expect(deleted?.item_id).toBe("")
  })

  it("keeps nothing back for ever when an event is lost", () => {
    const lost = lawfulSession().filter(({ type }) => type !== "response.content_part.done")
    expect(only(told("xai", lost), "response.output_audio.done")).toHaveLength(1)
    expect(position(told("xai", lost), "response.output_audio.done")).toBeLessThan(
      position(told("xai", lost), "response.output_item.done"),
    )
  })
})

describe("beta", () => {
  const events = told("beta")

  it("has names of its own for output, and one event for an item", () => {
    expect(types(events).filter((type) => /output_(text|audio)|item\.(added|done)$/.test(type))).toEqual([
      "response.output_item.added",
      "response.output_item.done",
      "response.output_item.added",
      "response.output_item.done",
    ])
    expect(types(events)).toContain("response.audio.delta")
    expect(types(events)).toContain("response.audio_transcript.done")
    expect(only(events, "conversation.item.created")).toHaveLength(3)
  })

  it("has a flat session, and no type in it", () => {
    const session = read.members(only(events, "session.created")[0]?.session)
    expect(session).toMatchObject({
      modalities: ["audio", "text"],
      input_audio_format: "pcm16",
      voice: "alloy",
      turn_detection: { type: "server_vad" },
    })
    expect(session).not.toHaveProperty("type")
    expect(session).not.toHaveProperty("audio")
  })

  it("calls content text and audio, and does not name the function whose arguments are done", () => {
    const [item] = only(events, "response.output_item.done")
    expect(read.members(item?.item).content).toMatchObject([{ type: "audio" }])
    expect(only(events, "response.function_call_arguments.done")[0]).not.toHaveProperty("name")
  })

  it("has no idle time-out", () => {
    expect(told("beta", [{ type: "input_audio_buffer.timeout_triggered", event_id: "e" }])).toEqual([])
  })

  it("sends only what the beta declared", () => {
    expect(problems(events, realtimeBetaInventory)).toEqual([])
  })

  it("reads a flat update for the model, and answers a transcription's under its own name", () => {
    const dialect = createDialect("beta")
    const rig = createRig()
    const flat = { modalities: ["text"], voice: "verse", turn_detection: null, temperature: 0.7 }
    const update = dialect.incoming({ type: "session.update", session: flat })
    const [updated] = rig.hear(update)
    expect(updated?.session).toMatchObject({
      output_modalities: ["text"],
      audio: { input: { turn_detection: null }, output: { voice: "verse" } },
    })
    expect(types(updated ? dialect.outgoing(updated) : [])).toEqual(["session.updated"])
    const session = { input_audio_transcription: { model: "whisper-1" } }
    const [transcribing] = rig.hear(dialect.incoming({ type: "transcription_session.update", session }))
    expect(types(transcribing ? dialect.outgoing(transcribing) : [])).toEqual(["transcription_session.updated"])
  })

  it("refuses what only GA has", () => {
    const dialect = createDialect("beta")
    const update = dialect.incoming({ type: "session.update", session: { output_modalities: ["text"] } })
    const [refused] = createRig().hear(update)
    expect(refused?.error).toMatchObject({ code: "unknown_parameter" })
  })

  it("reads the modalities of a create", () => {
    const create = { type: "response.create", response: { modalities: ["text"], instructions: "x" } }
    expect(createDialect("beta").incoming(create).response).toEqual({ output_modalities: ["text"], instructions: "x" })
  })
})

it.each(dialectNames)("%s leaves events alone that it does not know", (name) => {
  const unknown = { type: "vendor.news", event_id: "e", about: { anything: [1] } }
  expect(told(name, [unknown])).toMatchObject([unknown])
})

function problems(events: readonly WireEvent[], inventory: typeof realtimeInventory): string[] {
  return events.flatMap((event) => {
    const frame = parseFrame(JSON.stringify(event), false, inventory, "server")
    if (frame.kind !== "event") return [frame.reason]
    return frame.known ? frame.problems.map((problem) => `${event.type}: ${problem}`) : [`${event.type} is unknown`]
  })
}
