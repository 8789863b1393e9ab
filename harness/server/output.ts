// Marked output of a response in the session's modality, a piece at a time.
import type { WireEvent } from "../protocol/event.ts"
import type { RealtimeModel } from "../protocol/realtime/model.ts"
import type { ItemState } from "../protocol/realtime/state.ts"
import { audioPiece, type Labels, sliceMs, textPiece } from "../trace/content.ts"
import { responseId } from "./speaker.ts"

export interface PieceOptions {
  /** Default: the response's own modality. */
  readonly as?: "audio" | "text" | "transcript" | "sound"
  /** Length of a piece of audio, in whole slices of 10 ms. */
  readonly pieceMs?: number
}

/** The events of one more piece of output; none when the response is not active any more. */
export function composePiece(
  { composer, state }: RealtimeModel,
  labels: Labels,
  label: string,
  options: PieceOptions = {},
): readonly WireEvent[] {
  const id = responseId(label)
  const response = state.responses.get(id)
  if (!response || !isRunning(response)) return []
  const modalities = response.wire.output_modalities
  const modality = options.as ?? (Array.isArray(modalities) && modalities.includes("text") ? "text" : "audio")
  const said = saidSoFar(response.items)
  const text = textPiece(label, said.pieces + 1)
  if (modality === "text") return composer.textDelta(id, text)
  const { pieceMs = 20 } = options
  const audio = audioPiece(labels.ordinal(label), Math.round(said.audioMs / sliceMs) + 1, pieceMs / sliceMs)
  return composer.audioDelta(id, modality === "transcript" ? "" : audio, modality === "sound" ? "" : text)
}

/** Created, and not yet done. */
export const isRunning = ({ phase }: { readonly phase: string }): boolean =>
  phase === "active" || phase === "cancelling"

function saidSoFar(items: readonly ItemState[]): { pieces: number; audioMs: number } {
  const parts = items.flatMap((item) => item.parts)
  const text = parts.map((part) => part.text + part.transcript).join("")
  return { pieces: text.split("·").length - 1, audioMs: parts.reduce((sum, part) => sum + part.audioMs, 0) }
}
