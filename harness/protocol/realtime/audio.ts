// How long a piece of base64 audio lasts, computed from its length alone (the samples are never decoded).

import { type JsonObject, read } from "./read.ts"

/** Bytes of one millisecond of 24 kHz mono 16-bit PCM, the only PCM the server takes (PROTOCOL.md A.3). */
export const PCM_BYTES_PER_MS = 48

/** Milliseconds of 24 kHz mono 16-bit PCM in a base64 text; another rate by `bytesPerMs`. Fractions are kept. */
export function pcmMilliseconds(base64: string, bytesPerMs: number = PCM_BYTES_PER_MS): number {
  let characters = base64.length
  while (characters > 0 && base64.charCodeAt(characters - 1) === 61) characters -= 1
  return Math.floor((characters * 3) / 4) / bytesPerMs
}

/** Bytes a millisecond in an `audio.input.format` or `audio.output.format`; G.711 is 8 kHz, one byte a sample. */
export function bytesPerMillisecond(format: JsonObject): number {
  if (format.type === "audio/pcmu" || format.type === "audio/pcma") return 8
  const rate = read.number(format.rate)
  return rate === null || rate <= 0 ? PCM_BYTES_PER_MS : (rate * 2) / 1000
}
