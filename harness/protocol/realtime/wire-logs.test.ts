// The acceptance test of the model: it explains every recorded OpenAI session without a broken rule, and finds in the
// dialects of Azure and xAI exactly the differences that are known (PROTOCOL.md A.6).

import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { countingIds } from "./ids.ts"
import { createRealtimeModel } from "./model.ts"
import { read } from "./read.ts"

const FOLDER = join(import.meta.dirname, "../../../../shared/wire-logs")

const DIALECTS: { readonly [log: string]: readonly string[] } = {
  // Beta names (conversation.item.created and never its done); content_part.done comes with empty text.
  "azure_voice_live_ws__tool_call_round.ndjson": [
    "conversation-item-done-before-output-item-done",
    "item-repeats-its-parts",
  ],
  "azure_ws__audio_in_server_vad_transcribes.ndjson": [],
  "azure_ws__tool_call_round.ndjson": [],
  // No conversation.item.done; transcript.done, content_part.done, audio.done in that order.
  "xai_ws__session_resumption_after_drop.ndjson": [
    "audio-done-before-transcript-done",
    "conversation-item-done-before-output-item-done",
    "streams-done-before-part-done",
  ],
  // The same, and both items of a response have output_index 0.
  "xai_ws__tool_call_round.ndjson": [
    "audio-done-before-transcript-done",
    "conversation-item-done-before-output-item-done",
    "output-index-in-order",
    "streams-done-before-part-done",
  ],
}

const logs = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".ndjson")) : []

describe.skipIf(logs.length === 0)("recorded sessions", () => {
  it.each(logs.filter((name) => name.startsWith("openai")))("%s breaks no rule", (name) => {
    expect(replay(name).breaks).toEqual([])
  })

  it.each(logs.filter((name) => !name.startsWith("openai")))("%s differs as its dialect does", (name) => {
    const rules = new Set(replay(name).breaks.map(({ rule }) => rule))
    expect([...rules].sort()).toEqual(DIALECTS[name])
  })

  it("leaves nothing unanswered at the end of an OpenAI log", () => {
    for (const name of logs.filter((log) => log.startsWith("openai"))) {
      const { state } = replay(name).model
      expect(state.pendingCreates, name).toEqual([])
      expect(state.refusedCreates, name).toEqual([])
      expect(state.updatesOwed, name).toEqual([])
      expect(state.delayedAcks.length, name).toBe(0)
      expect(state.activeDefault, name).toBe(null)
      expect(
        [...state.items.values()].every((item) => item.conversationDone),
        name,
      ).toBe(true)
    }
  })
})

/** Plays a log through a model; a close line begins a new connection. */
function replay(name: string) {
  const fresh = () => createRealtimeModel({ ids: countingIds() })
  let model = fresh()
  const breaks = []
  for (const line of readFileSync(join(FOLDER, name), "utf8").trim().split("\n").slice(1)) {
    const entry = read.members(JSON.parse(line))
    if (entry.close !== undefined) model = fresh()
    const event = read.object(entry.event)
    if (!isWireEvent(event)) continue
    if (entry.dir === "client") model.applyClient(event)
    else breaks.push(...model.applyServer(event))
  }
  return { model, breaks }
}

function isWireEvent(event: unknown): event is WireEvent {
  return typeof read.members(event).type === "string"
}
