// Marked output of a response in the session's modality, a piece at a time.
import type { WireEvent } from "../protocol/event.ts"
import { audioPiece, type Labels, sliceMs, textPiece } from "../trace/content.ts"
import type { Line } from "./line.ts"

/** Milliseconds of audio in one piece. */
export const pieceMs = 100
const slicesPerPiece = pieceMs / sliceMs

export const responseId = (label: string): string => `resp_${label}`

/** The events of one more piece of output; none when the response is not active any more. */
export function composePiece(line: Line, labels: Labels, label: string, as?: "audio" | "text"): readonly WireEvent[] {
  const id = responseId(label)
  const response = line.model.state.responses.get(id)
  if (response?.phase !== "active") return []
  const number = piecesSaid(response.items) + 1
  const modalities = response.wire.output_modalities
  const modality = as ?? (Array.isArray(modalities) && modalities.includes("text") ? "text" : "audio")
  const text = textPiece(label, number)
  if (modality === "text") return line.model.composer.textDelta(id, text)
  const audio = audioPiece(labels.ordinal(label), (number - 1) * slicesPerPiece + 1, slicesPerPiece)
  return line.model.composer.audioDelta(id, audio, text)
}

type Said = { readonly parts: readonly { readonly text: string; readonly transcript: string }[] }

function piecesSaid(items: readonly Said[]): number {
  const texts = items.flatMap((item) => item.parts.map((part) => part.text + part.transcript))
  return texts.join("").split("·").length - 1
}
