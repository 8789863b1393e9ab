// Marks in the output that the scripted server streams, so that whatever the app hears can be told to be of this
// response and this piece of it, without asking the client. Text: `label·3 `. Audio: pairs of PCM16 samples, the first
// the response's ordinal, the second the number of the 10 ms slice (from 1).
import type { Piece } from "./trace.ts"

const samplesPerMs = 24
export const sliceMs = 10
const samplesPerSlice = samplesPerMs * sliceMs

/** Marks are looked for every 2.5 ms: often enough for any cut of the audio, and on a pair's first sample. */
const bytesPerLook = 2.5 * samplesPerMs * 2

/** Numbers the responses of a case for audio marks; text marks carry the label itself. */
export interface Labels {
  /** From 1, in order of first use. */
  ordinal(label: string): number
  label(ordinal: number): string | undefined
}

export function createLabels(): Labels {
  const labels: string[] = []
  return {
    ordinal(label) {
      const at = labels.indexOf(label)
      return at >= 0 ? at + 1 : labels.push(label)
    },
    label: (ordinal) => labels[ordinal - 1],
  }
}

export const textPiece = (label: string, number: number): string => `${label}·${number} `

/** The same few pieces are asked for in every case. */
const made = new Map<string, string>()

/** Base64 PCM16 of `slices` slices of 10 ms, beginning with slice number `first`. */
export function audioPiece(ordinal: number, first: number, slices: number): string {
  const key = `${ordinal}/${first}/${slices}`
  const piece = made.get(key) ?? makeAudio(ordinal, first, slices)
  if (made.size < 1_000) made.set(key, piece)
  return piece
}

function makeAudio(ordinal: number, first: number, slices: number): string {
  const samples = new Int16Array(slices * samplesPerSlice)
  for (let at = 0; at < samples.length; at += 2) {
    samples[at] = ordinal
    samples[at + 1] = first + Math.floor(at / samplesPerSlice)
  }
  return Buffer.from(samples.buffer).toString("base64")
}

/** Runs of consecutive numbers under one label. */
function appendRun(runs: { label: string; from: number; to: number }[], label: string, number: number) {
  const last = runs.at(-1)
  if (last && last.label === label && number === last.to + 1) last.to = number
  else if (!last || last.label !== label || last.to !== number) runs.push({ label, from: number, to: number })
}

/** The pieces that a text consists of; text that bears no marks gives none. */
export function readText(text: string): Piece[] {
  const runs: { label: string; from: number; to: number }[] = []
  for (const [, label, number] of text.matchAll(/([a-zA-Z0-9_-]+)·(\d+)/g))
    if (label) appendRun(runs, label, Number(number))
  return runs
}

/** The pieces that a stretch of base64 PCM16 consists of, and its length. Unmarked samples count only for the length. */
export function readAudio(audio: string, labels: Labels): { pieces: Piece[]; ms: number } {
  const bytes = Buffer.from(audio, "base64")
  const runs: { label: string; from: number; to: number }[] = []
  for (let at = 0; at + 3 < bytes.length; at += bytesPerLook) {
    const label = labels.label(bytes.readInt16LE(at))
    if (label) appendRun(runs, label, bytes.readInt16LE(at + 2))
  }
  return { pieces: runs, ms: Math.round(bytes.length / 2 / samplesPerMs) }
}
