// What a correct server sends of the user's voice: speech heard and over, the committed item, interruption, the idle
// time-out, and transcription beside it all (PROTOCOL.md B.5). Composed from the state now and not applied.

import type { WireEvent } from "../event.ts"
import { conversationItem } from "./compose-item.ts"
import type { ResponseComposer } from "./compose-response.ts"
import type { Ids } from "./ids.ts"
import { type JsonObject, read } from "./read.ts"
import { latestSession } from "./session-settings.ts"
import type { RealtimeState } from "./state.ts"

export interface SpeechComposer {
  /** `audioStartMs` counts from the first audio of the connection; absent: now. */
  speechStarted(options?: { readonly audioStartMs?: number; readonly itemId?: string }): WireEvent[]
  speechStopped(options?: { readonly audioEndMs?: number }): WireEvent[]
  /** The end of a detected turn: committed, then the user item. Whether a response follows: `turnWantsResponse()`. */
  commitSpeech(): WireEvent[]
  /** Speech over the assistant: speech_started, then the active response ends as cancelled/turn_detected (unless
   * interrupt_response is off or nothing is active). */
  interruption(): WireEvent[]
  /** Nobody spoke: timeout_triggered, committed, and an item of silence. The server then starts a response. */
  idleTimeout(): WireEvent[]
  /** Turn detection is on and its create_response is not false. */
  turnWantsResponse(): boolean
  transcriptionDelta(itemId: string, delta: string): WireEvent[]
  transcriptionCompleted(itemId: string, transcript: string): WireEvent[]
  transcriptionFailed(itemId: string, error?: JsonObject): WireEvent[]
}

export function composeSpeech(state: RealtimeState, ids: Ids, responses: ResponseComposer): SpeechComposer {
  const event = (type: string, rest: JsonObject): WireEvent => ({ type, event_id: ids.next("event"), ...rest })
  const transcription = (edge: string, itemId: string, rest: JsonObject) => [
    event(`conversation.item.input_audio_transcription.${edge}`, { item_id: itemId, content_index: 0, ...rest }),
  ]
  const heardMs = () => Math.round(state.input.receivedMs)

  const composer: SpeechComposer = {
    speechStarted({ audioStartMs = heardMs(), itemId = ids.next("item") } = {}) {
      expectPhase(state, "idle", "start speech")
      return [event("input_audio_buffer.speech_started", { audio_start_ms: audioStartMs, item_id: itemId })]
    },
    speechStopped({ audioEndMs = heardMs() } = {}) {
      expectPhase(state, "speaking", "stop speech")
      return [event("input_audio_buffer.speech_stopped", { audio_end_ms: audioEndMs, item_id: state.input.itemId })]
    },
    commitSpeech() {
      expectPhase(state, "stopped", "commit speech")
      return committedAudio(state, ids, state.input.itemId ?? ids.next("item"))
    },
    interruption() {
      const started = composer.speechStarted()
      const active = turnDetection(state)?.interrupt_response === false ? null : state.activeDefault
      if (active === null) return started
      return [...started, ...responses.finishResponse(active, { status: "cancelled", reason: "turn_detected" })]
    },
    idleTimeout() {
      expectPhase(state, "idle", "time out")
      const itemId = ids.next("item")
      const span = { audio_start_ms: heardMs(), audio_end_ms: heardMs(), item_id: itemId }
      return [event("input_audio_buffer.timeout_triggered", span), ...committedAudio(state, ids, itemId)]
    },
    turnWantsResponse() {
      const turns = turnDetection(state)
      return turns !== null && turns.create_response !== false
    },
    transcriptionDelta: (itemId, delta) => transcription("delta", itemId, { delta }),
    transcriptionCompleted: (itemId, transcript) =>
      transcription("completed", itemId, { transcript, usage: { type: "duration", seconds: 1 } }),
    transcriptionFailed: (itemId, error = { type: "server_error", code: "transcription_failed", message: "Failed." }) =>
      transcription("failed", itemId, { error }),
  }
  return composer
}

/** `input_audio_buffer.committed`, then the user's item. */
export function committedAudio(state: RealtimeState, ids: Ids, itemId: string): WireEvent[] {
  const previous = state.order.at(-1) ?? null
  const content = [{ type: "input_audio", transcript: null }]
  const item = { id: itemId, type: "message", status: "completed", role: "user", content }
  const event_id = ids.next("event")
  return [
    { type: "input_audio_buffer.committed", event_id, previous_item_id: previous, item_id: itemId },
    conversationItem(ids, "added", item, previous),
    conversationItem(ids, "done", item, previous),
  ]
}

/** The `turn_detection` of the session, or null when turns are the client's own. */
export function turnDetection(state: RealtimeState): JsonObject | null {
  return read.object(read.members(read.members(latestSession(state).audio).input).turn_detection)
}

function expectPhase(state: RealtimeState, phase: string, act: string): void {
  if (state.input.phase === phase) return
  throw new Error(
    `Cannot ${act}: the input buffer is ${state.input.phase}, not ${phase}. Apply the events before it first.`,
  )
}
