import { readFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import { NeverQuiet, untilQuiet } from "./quiet.ts"

describe("quiet", () => {
  it("waits for chains of ticks, microtasks and immediates", async () => {
    const seen: string[] = []
    setImmediate(() => setImmediate(() => process.nextTick(() => Promise.resolve().then(() => seen.push("end")))))
    await untilQuiet(() => seen.length)
    expect(seen).toEqual(["end"])
  })

  it("waits for native requests", async () => {
    let read = false
    readFile(import.meta.filename).then(() => {
      read = true
    })
    await untilQuiet(() => 0)
    expect(read).toBe(true)
  })

  it("gives up on what never goes quiet", async () => {
    let count = 0
    await expect(untilQuiet(() => ++count)).rejects.toThrow(NeverQuiet)
  })
})
