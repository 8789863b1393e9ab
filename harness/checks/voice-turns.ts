// Turns that voice activity ended: the server answers them with responses of its own, which bear no metadata (PROTOCOL.md B.2).
import { read as member } from "../protocol/realtime/read.ts"
import type { EntryOf } from "../trace/trace.ts"
import type { Reading, ResponseReading } from "./reading.ts"

type Delivered = EntryOf<"server", "event">

/**
 * Whether not even the order tells a response without metadata from the answer to a create without any: what was spoken waits
 * for one too; or it comes next after such a response, and is then the other of the two.
 */
export function mayAnswerSpeech(response: ResponseReading, isAsked: boolean, reading: Reading): boolean {
  if (response.outOfBand) return false
  if (isAsked) return isSpeechWaiting(response, reading)
  const before = reading.responses.findLast(
    (other) => other !== response && other.connection === response.connection && !other.outOfBand,
  )
  return !!before?.create && !before.isPlain && !before.create.metadata && isSpeechWaiting(before, reading)
}

/** Something was spoken and committed by the server, and no response was created since. */
function isSpeechWaiting({ created, connection }: ResponseReading, reading: Reading): boolean {
  const told = reading.delivered.filter((entry) => entry.connection === connection && entry.index < created.index)
  const since = told.findLastIndex(({ event }) => event.type === "response.created")
  return told.slice(since + 1).some((entry) => isTurn(entry, told)) && answersSpeech(told)
}

/** Committed by the server, and not at the client's word: speech has stopped before. */
function isTurn({ event: { type, item_id } }: Delivered, told: readonly Delivered[]): boolean {
  if (type !== "input_audio_buffer.committed") return false
  return told.some(({ event }) => event.type === "input_audio_buffer.speech_stopped" && event.item_id === item_id)
}

/** Unless the session says otherwise, in GA's words or in the beta's (PROTOCOL.md A.3, A.5). */
function answersSpeech(told: readonly Delivered[]): boolean {
  const session = member.members(
    told.findLast(({ event }) => event.type === "session.updated" || event.type === "session.created")?.event.session,
  )
  const input = member.object(member.members(session.audio).input)
  const detection = input ? input.turn_detection : session.turn_detection
  return detection !== null && member.members(detection).create_response !== false
}
