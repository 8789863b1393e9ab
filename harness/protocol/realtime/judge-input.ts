// Judges the input audio buffer and the transcription of what was spoken (PROTOCOL.md B.5).

import type { WireEvent } from "../event.ts"
import { turnDetection } from "./compose-speech.ts"
import { moveItem, rememberItem } from "./items.ts"
import { broken, type Judge } from "./judging.ts"
import { read } from "./read.ts"
import type { RuleBreak } from "./rules.ts"
import type { InputState, RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

const TRANSCRIPTION = "conversation.item.input_audio_transcription"
const SPOKEN = { type: "message", role: "user", content: [] }

export const INPUT_JUDGES: readonly (readonly [string, Judge])[] = [
  ["input_audio_buffer.speech_started", speechStarted],
  ["input_audio_buffer.speech_stopped", speechStopped],
  ["input_audio_buffer.committed", committed],
  ["input_audio_buffer.cleared", cleared],
  ["input_audio_buffer.timeout_triggered", timedOut],
  [`${TRANSCRIPTION}.delta`, transcribed],
  [`${TRANSCRIPTION}.completed`, transcribed],
  [`${TRANSCRIPTION}.failed`, transcribed],
]

function speechStarted(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const { input } = state
  if (input.phase === "speaking") {
    broken(
      breaks,
      "speech-starts-once",
      `speech of item ${String(event.item_id)} starts while item ${input.itemId} speaks`,
    )
  }
  input.speechStarts += 1
  allocate(state, event)
  moveInput(state, event.type, "speaking")
}

function speechStopped(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const { input } = state
  if (input.phase !== "speaking" || event.item_id !== input.itemId) {
    const message = `speech of item ${String(event.item_id)} stops; speaking now: ${input.phase === "speaking" ? input.itemId : "nobody"}`
    broken(breaks, "speech-stops-after-it-starts", message)
  }
  moveInput(state, event.type, "stopped")
}

function timedOut(state: RealtimeState, event: WireEvent): void {
  allocate(state, event)
  moveInput(state, event.type, "timedOut")
}

function committed(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const { input } = state
  const id = read.text(event.item_id)
  if (id === null) return
  const known = state.items.get(id)
  if (known !== undefined && known.phase !== "allocated") {
    broken(breaks, "committed-once", `the audio of item ${id} is committed again`)
  } else {
    const item = known ?? rememberItem(state, id, { ...SPOKEN, id }, { phase: "absent" })
    moveItem(state, item, event.type, "committed")
    input.unlisted = id
  }
  if (!answersCommit(input, id)) endTurn(state)
  input.itemId = null
  moveInput(state, event.type, "idle")
}

/** Whether a commit answers the client's; if not, it ends a turn that the server detected. */
function answersCommit(input: InputState, id: string): boolean {
  const exact = input.commitsOwed.indexOf(id)
  const index = exact === -1 && (input.phase === "idle" || input.phase === "speaking") ? 0 : exact
  return index !== -1 && input.commitsOwed.splice(index, 1).length > 0
}

function endTurn(state: RealtimeState): void {
  state.input.bufferedMs = 0
  const turns = turnDetection(state)
  if (turns !== null && turns.create_response !== false) state.input.turnsOwed += 1
}

function cleared(state: RealtimeState, event: WireEvent): void {
  state.input.itemId = null
  moveInput(state, event.type, "idle")
}

function transcribed(state: RealtimeState, event: WireEvent, breaks: RuleBreak[]): void {
  const item = state.items.get(read.text(event.item_id) ?? "")
  if (item === undefined) return
  if (item.transcribed) {
    broken(breaks, "transcription-ends-once", `${event.type} comes after the transcription of item ${item.id} ended`)
  }
  if (event.type !== `${TRANSCRIPTION}.delta`) item.transcribed = true
  moveItem(state, item, event.type)
}

/** Gives the speech (or the silence) its item, before that is in the conversation. */
function allocate(state: RealtimeState, event: WireEvent): void {
  const id = read.text(event.item_id)
  state.input.itemId = id
  if (id === null || state.items.has(id)) return
  const item = rememberItem(state, id, { ...SPOKEN, id }, { phase: "absent" })
  moveItem(state, item, event.type, "allocated")
}

function moveInput(state: RealtimeState, on: string, otherwise: string): void {
  state.input.phase = step(state.transitionsTaken, "input", state.input.phase, on) ?? otherwise
}
