import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
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

  it("waits for a native request, however many turns the machine takes over it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rtspec-quiet-"))
    const pipe = join(folder, "pipe")
    execFileSync("mkfifo", [pipe])
    let text = ""
    readFile(pipe, "utf8").then((read) => {
      text = read
    })
    let turns = 0
    const write = () => (++turns < 100_000 ? setImmediate(write) : writeFileSync(pipe, "written late"))
    write()
    await untilQuiet(() => 0)
    rmSync(folder, { recursive: true })
    expect(text).toBe("written late")
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
