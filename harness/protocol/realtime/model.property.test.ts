// Properties of the model: whatever a story composes lawfully breaks no rule, all listed transitions can be taken, and
// no JSON whatever makes it throw.

import fc from "fast-check"
import { expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { transitionId } from "../state-machine.ts"
import { countingIds } from "./ids.ts"
import { createRealtimeModel } from "./model.ts"
import { createRig, type Rig, SECOND_OF_AUDIO } from "./rig.test-support.ts"
import { RULES } from "./rules.ts"
import { TRANSITIONS } from "./transitions.ts"

const SEED = 20261121

/** One thing that a client or the server may do now; does nothing where it would not be lawful. `pick` chooses. */
type Act = (rig: Rig, pick: number) => void

const choose = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)]

const running = (rig: Rig, pick: number): string | undefined => {
  const ids = [...rig.state.responses.values()].filter(({ phase }) => phase === "active" || phase === "cancelling")
  return choose(ids, pick)?.id
}

const itemId = (rig: Rig, pick: number): string => choose([...rig.state.items.keys()], pick) ?? "item_none"

const ACTS: readonly Act[] = [
  (rig, pick) => rig.hear({ type: "session.update", session: { type: "realtime", instructions: `${pick}` } }),
  (rig, pick) => {
    const turns = choose([null, { type: "server_vad", interrupt_response: false }, { type: "semantic_vad" }], pick)
    rig.hear({ type: "session.update", session: { type: "realtime", audio: { input: { turn_detection: turns } } } })
  },
  (rig) => rig.hear({ type: "session.update", session: { type: "realtime", nonsense: 1 } }),
  (rig, pick) => rig.hear({ type: "response.create", ...(pick % 2 ? { event_id: `e${pick}` } : {}) }),
  (rig, pick) => rig.hear({ type: "response.create", response: { metadata: { pick: `${pick}` } } }),
  (rig, pick) => rig.hear({ type: "response.create", response: { conversation: "none", metadata: { o: `${pick}` } } }),
  (rig) => rig.hear({ type: "response.cancel" }),
  (rig, pick) => rig.hear({ type: "response.cancel", response_id: running(rig, pick) ?? "resp_1" }),
  (rig, pick) => {
    const id = running(rig, pick)
    if (id !== undefined) rig.applyClient({ type: "response.cancel", response_id: id }) // its answer is held back
  },
  startPending,
  startPending,
  startTurn,
  (rig) => {
    const pending = rig.state.pendingCreates.find(({ outOfBand }) => !outOfBand)
    if (pending !== undefined && rig.state.activeDefault !== null) rig.send(rig.composer.createRefused(pending))
  },
  streaming((rig, id, pick) => rig.composer.textDelta(id, `word${pick} `)),
  streaming((rig, id, pick) => rig.composer.textDelta(id, "named ", { item: `item${pick % 2}` })),
  streaming((rig, id, pick) => rig.composer.audioDelta(id, SECOND_OF_AUDIO.slice(0, 400), pick % 2 ? "said " : "")),
  streaming((rig, id, pick) => {
    // A call that is finished is not told again.
    const calls = (rig.state.responses.get(id)?.items ?? []).filter((item) => item.type === "function_call")
    const open = calls.find((item) => !item.closed)
    const call_id = `${id}_call${pick % 2 && open ? calls.indexOf(open) : calls.length}`
    return rig.composer.callDelta(id, { call_id, name: "look", argumentsPart: `${pick}` })
  }),
  streaming((rig, id) =>
    rig.state.responses.get(id)?.items.some(({ closed }) => !closed) ? rig.composer.finishItem(id) : [],
  ),
  streaming((rig, id) => rig.composer.finishResponse(id)),
  streaming((rig, id, pick) =>
    rig.composer.finishResponse(
      id,
      choose(
        [
          { status: "failed" },
          { status: "completed" },
          { status: "incomplete" },
          { status: "incomplete", reason: "content_filter" },
        ] as const,
        pick,
      ),
    ),
  ),
  (rig, pick) => {
    const id = choose(["x", "y", "z"], pick) ?? ""
    rig.hear({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [], ...(pick % 2 ? { id } : {}) },
      ...(pick % 3 ? {} : { previous_item_id: "root" }),
    })
  },
  (rig, pick) => {
    const call_id = choose([...rig.state.calls], pick) ?? "call_none"
    rig.hear({ type: "conversation.item.create", item: { type: "function_call_output", call_id, output: "" } })
  },
  (rig, pick) => rig.hear({ type: "conversation.item.delete", item_id: itemId(rig, pick) }),
  (rig, pick) => rig.hear({ type: "conversation.item.retrieve", item_id: itemId(rig, pick) }),
  (rig, pick) => {
    const item_id = itemId(rig, pick)
    rig.hear({ type: "conversation.item.truncate", item_id, content_index: 0, audio_end_ms: pick % 10 })
  },
  (rig) => rig.hear({ type: "input_audio_buffer.append", audio: SECOND_OF_AUDIO }),
  (rig) => rig.hear({ type: "input_audio_buffer.commit" }),
  (rig) => rig.hear({ type: "input_audio_buffer.clear" }),
  (rig) => {
    if (rig.state.input.phase === "idle") rig.send(rig.composer.speechStarted())
  },
  (rig) => {
    if (rig.state.input.phase === "idle") rig.send(rig.composer.interruption())
  },
  (rig) => {
    if (rig.state.input.phase === "speaking") rig.send(rig.composer.speechStopped())
  },
  (rig) => {
    if (rig.state.input.phase === "stopped") rig.send(rig.composer.commitSpeech())
  },
  (rig) => {
    if (rig.state.input.phase === "idle") rig.send(rig.composer.idleTimeout())
  },
  transcribing((rig, id) => rig.composer.transcriptionDelta(id, "word")),
  transcribing((rig, id, pick) =>
    pick % 2 ? rig.composer.transcriptionCompleted(id, "words") : rig.composer.transcriptionFailed(id),
  ),
  (rig) => rig.send(rig.composer.rateLimits()),
  (rig) => rig.send(rig.composer.error({ message: "The server had an error.", type: "server_error" })),
]

function startPending(rig: Rig, pick: number): void {
  const pending = choose(rig.state.pendingCreates, pick)
  if (pending === undefined || (!pending.outOfBand && rig.state.activeDefault !== null)) return
  rig.send(rig.composer.startResponse({ for: pending }))
}

function startTurn(rig: Rig): void {
  if (rig.state.activeDefault === null && rig.state.input.turnsOwed > 0) rig.send(rig.composer.startResponse())
}

function streaming(compose: (rig: Rig, id: string, pick: number) => WireEvent[]): Act {
  return (rig, pick) => {
    const id = running(rig, pick)
    if (id !== undefined) rig.send(compose(rig, id, pick))
  }
}

function transcribing(compose: (rig: Rig, id: string, pick: number) => WireEvent[]): Act {
  return (rig, pick) => {
    const spoken = [...rig.state.items.values()].filter(({ wire, transcribed, phase }) => {
      const content = JSON.stringify(wire.content ?? [])
      return !transcribed && phase !== "asked" && (phase === "allocated" || content.includes("input_audio"))
    })
    const item = choose(spoken, pick)
    if (item !== undefined) rig.send(compose(rig, item.id, pick))
  }
}

it("what is composed and applied in turn breaks no rule, and takes every transition of an open session", () => {
  const taken = new Set<string>()
  const steps = fc.array(fc.tuple(fc.nat(ACTS.length - 1), fc.nat(1000)), { maxLength: 80, size: "max" })
  fc.assert(
    fc.property(steps, (acts) => {
      const rig = createRig()
      for (const [act, pick] of acts) ACTS[act]?.(rig, pick)
      for (const id of rig.state.responses.keys()) if (running(rig, 0) !== undefined) settle(rig, id)
      expect(rig.state.activeDefault).toBe(null)
      for (const id of rig.state.transitionsTaken) taken.add(id)
    }),
    { seed: SEED, numRuns: 400 },
  )
  const missed = TRANSITIONS.map(transitionId).filter((id) => !taken.has(id))
  expect(missed).toEqual(RARE)
})

function settle(rig: Rig, id: string): void {
  const phase = rig.state.responses.get(id)?.phase
  if (phase === "active" || phase === "cancelling") rig.send(rig.composer.finishResponse(id))
}

/** Transitions that belong to the beginning and end of a session, or to events between those that the composer
 * gives out together. */
const RARE: readonly string[] = [
  "session: opening -> open on session.updated",
  "session: opening -> refused on error",
  "session: open -> expired on error{session_expired}",
  "item: absent -> listed on conversation.item.added",
  ...["committed", "listed"].flatMap((phase) =>
    ["delta", "completed", "failed"].map(
      (end) => `item: ${phase} -> ${phase} on conversation.item.input_audio_transcription.${end}`,
    ),
  ),
]

const TYPES = [
  ...["session.created", "session.updated", "error", "response.created", "response.done", "rate_limits.updated"],
  ...["response.output_item.added", "response.output_item.done", "response.content_part.added"],
  ...["response.content_part.done", "response.output_text.delta", "response.output_text.done"],
  ...["response.output_audio.delta", "response.output_audio_transcript.done", "response.function_call_arguments.delta"],
  ...["response.function_call_arguments.done", "conversation.item.added", "conversation.item.done"],
  ...["conversation.item.deleted", "conversation.item.truncated", "conversation.item.retrieved"],
  ...["input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed"],
  ...["input_audio_buffer.cleared", "input_audio_buffer.timeout_triggered"],
  ...["conversation.item.input_audio_transcription.completed", "session.update", "response.create"],
  ...["response.cancel", "conversation.item.create", "conversation.item.truncate", "conversation.item.delete"],
  ...["conversation.item.retrieve", "input_audio_buffer.append", "input_audio_buffer.commit", "__proto__", "toString"],
]

const junk = fc.jsonValue({ maxDepth: 1 })

/** Few ids, so that events hit each other; members of any shape. */
const idOrJunk = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "root", "resp_1") },
  { weight: 1, arbitrary: junk },
)
const inner = fc.oneof(
  junk,
  fc.record(
    {
      ...{
        id: idOrJunk,
        status: junk,
        metadata: junk,
        output: junk,
        audio: junk,
      },
      ...{
        type: fc.constantFrom("message", "function_call", "function_call_output", "realtime", 7),
        call_id: idOrJunk,
      },
      ...{ conversation_id: fc.constantFrom(null, "conv_1"), content: junk, status_details: junk },
    },
    { requiredKeys: [] },
  ),
)
const anyEvent = fc.record(
  {
    ...{ type: fc.constantFrom(...TYPES), event_id: idOrJunk, response_id: idOrJunk, item_id: idOrJunk },
    ...{ item: inner, response: inner, session: inner, error: inner, part: inner, delta: junk },
    ...{ output_index: fc.oneof(fc.nat(2), junk), content_index: fc.oneof(fc.nat(1), junk) },
    ...{ previous_item_id: idOrJunk, call_id: idOrJunk, audio: junk, audio_end_ms: junk },
  },
  { requiredKeys: ["type"] },
)

it("never throws, whatever JSON either side sends, and breaks only rules of the table", () => {
  const rules = new Set<string>(RULES.map(({ id }) => id))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), anyEvent), { maxLength: 40, size: "max" }), (sent) => {
      const model = createRealtimeModel({ ids: countingIds() })
      for (const [byClient, event] of sent) {
        const wire = event as WireEvent
        if (byClient) for (const answer of model.applyClient(wire)) expect(typeof answer.event_id).toBe("string")
        else
          for (const { rule, party } of model.applyServer(wire))
            expect([rules.has(rule), party]).toEqual([true, "server"])
      }
    }),
    { seed: SEED, numRuns: 200 },
  )
})
