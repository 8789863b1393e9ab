import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { audioPiece, createLabels, readAudio, readText, textPiece } from "./content.ts"

describe("marks in output", () => {
  it("are read back from text, run by run", () => {
    const text = textPiece("late", 1) + textPiece("late", 2) + textPiece("r1", 1)
    expect(readText(text)).toEqual([
      { label: "late", from: 1, to: 2 },
      { label: "r1", from: 1, to: 1 },
    ])
    expect(readText("nothing of ours")).toEqual([])
  })

  it("are read back from audio, however it was cut at sample pairs", () => {
    const labels = createLabels()
    const whole = Buffer.from(audioPiece(labels.ordinal("late"), 1, 20), "base64")
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length / 4 }), (pairs) => {
        const cut = pairs * 4
        const parts = [whole.subarray(0, cut), whole.subarray(cut)].map((part) =>
          readAudio(part.toString("base64"), labels),
        )
        const slices = new Set(parts.flatMap(({ pieces }) => pieces.flatMap(({ from, to }) => [from, to])))
        expect(Math.min(...slices)).toBe(1)
        expect(Math.max(...slices)).toBe(20)
        expect(parts.flatMap(({ pieces }) => pieces).every(({ label }) => label === "late")).toBe(true)
      }),
    )
  })

  it("tells length and silence", () => {
    const silence = Buffer.alloc(48 * 100).toString("base64")
    expect(readAudio(silence, createLabels())).toEqual({ pieces: [], ms: 100 })
  })
})
