// Audio that a redacting recorder took out, as silence of the same length: what is played again must last as long.
import type { WireEvent } from "../protocol/event.ts"

const digest = /^\[audio (\d+) bytes [0-9a-f]+\]$/

/** Bytes of audio in a member, there or redacted; 0: it is none. */
export function audioBytes(value: unknown): number {
  if (typeof value !== "string") return 0
  const found = digest.exec(value)
  return found ? Number(found[1]) : Buffer.byteLength(value, "base64")
}

const silence = new Map<number, string>()

function silenceOf(bytes: number): string {
  const known = silence.get(bytes) ?? Buffer.alloc(bytes).toString("base64")
  if (silence.size < 1_000) silence.set(bytes, known)
  return known
}

/** The event with silence where audio was taken out; itself where none was. */
export function revived(event: WireEvent): WireEvent {
  for (const name of ["audio", "delta"] as const) {
    const value = event[name]
    const found = typeof value === "string" && value.startsWith("[audio ") ? digest.exec(value) : null
    if (found) return { ...event, [name]: silenceOf(Number(found[1])) }
  }
  return event
}
