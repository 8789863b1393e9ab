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

  it("goes on while what comes next makes something happen", async () => {
    const seen: string[] = []
    const next = () => {
      seen.push("quiet")
      if (seen.length > 4) return false
      process.nextTick(() => seen.push("tick"))
      return true
    }
    await untilQuiet(() => seen.length, next)
    expect(seen).toEqual(["quiet", "tick", "quiet", "tick", "quiet"])
  })

  it("rejects with what comes next throws", async () => {
    const error = new Error("of the server")
    const next = () => {
      throw error
    }
    await expect(untilQuiet(() => 0, next)).rejects.toBe(error)
  })

  it("gives up on what never goes quiet", async () => {
    let count = 0
    await expect(untilQuiet(() => ++count)).rejects.toThrow(NeverQuiet)
  })
})
