// The commands that generate stories: what they refuse, and one failure from its finding to its replay.
import { execFile, spawn } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { fuzzFile } from "../report/fuzz.ts"
import { milliseconds } from "./fuzz.ts"
import { createFuzzProgress } from "./fuzz-progress.ts"
import { createStatistics } from "./fuzz-statistics.ts"
import { main } from "./main.ts"

const bin = fileURLToPath(new URL("./bin.js", import.meta.url))
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function refused(...args: string[]): Promise<string> {
  let said = ""
  const spy = vi.spyOn(console, "error").mockImplementation((...parts) => {
    said += parts.join(" ")
  })
  const code = await main(args)
  spy.mockRestore()
  expect(code).toBe(2)
  return said
}

const rtspec = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = { ...process.env, CI: "1", NO_COLOR: "1" }
    execFile(process.execPath, [bin, ...args], { cwd: folder, env }, (error, out, err) => {
      const code = typeof error?.code === "number" ? error.code : 0
      resolve({ code, said: `${out}${err}` })
    })
  })

describe("what cannot be", () => {
  it("is refused in one sentence", async () => {
    expect(await refused("fuzz", "--for", "soon")).toBe(
      'rtspec: --for takes a time such as 60s, 10m or 2h, not "soon".',
    )
    expect(await refused("fuzz", "--cases", "0")).toBe('rtspec: --cases takes a whole number from 1, not "0".')
    expect(await refused("fuzz", "--subject", "refrence")).toContain("the nearest are reference")
    expect(await refused("fuzz", "--coverage", "--subject", "livekit-python@1.8.9")).toBe(
      "rtspec: --coverage asks V8 which code has run, and livekit-python@1.8.9 is a program in another language; fuzz it without.",
    )
    expect(await refused("replay", "no-such-failure")).toContain('there is no kept failure "no-such-failure"')
  })

  it("is named where it is a repro", async () => {
    const file = join(folder, "repro.json")
    writeFileSync(file, JSON.stringify({ format: "rtspec-repro", version: 9 }))
    expect(await refused("replay", file)).toBe(
      `rtspec: ${file} is a repro of version 9, and this rtspec plays version 1.`,
    )
  })
})

describe("--for", () => {
  it.each([
    ["60s", 60_000],
    ["1.5m", 90_000],
    ["250ms", 250],
    ["2h", 7_200_000],
  ])("takes %s", (text, ms) => expect(milliseconds(text)).toBe(ms))
})

describe("progress", () => {
  const progress = (cases: number) => ({
    ...{ cases, transitions: new Set(["a"]), goals: new Set<string>(), features: 3, verdicts: {} },
  })

  it("is a plain line now and then where nothing rewrites it", () => {
    let now = 0
    const lines: string[] = []
    const told = createFuzzProgress({ write: (text) => lines.push(text) }, () => now)
    told.tell("s@1", progress(100), 0)
    expect(lines).toEqual([])
    now = 10_000
    told.tell("s@1", progress(200), 0)
    expect(lines.splice(0)).toEqual(["200 cases  20/s  1 transitions  0 goals  no failure  s@1\n"])
    now = 20_000
    told.tell("s@1", progress(400), 1)
    expect(lines).toEqual(["400 cases  20/s  1 transitions  0 goals  1 distinct failure, the last 0 s ago  s@1\n"])
  })
})

describe("statistics", () => {
  it("grow with the transitions, and fit what a report reads", () => {
    let now = 0
    const statistics = createStatistics(() => now)
    const progress = (cases: number, ...transitions: string[]) => ({
      ...{ cases, transitions: new Set(transitions), goals: new Set(["g"]), features: 3, verdicts: {} },
    })
    statistics.note("one", progress(32, "a"))
    statistics.note("one", progress(64, "a"))
    statistics.note("two", progress(32, "b"))
    statistics.note("two", progress(64, "b"))
    now = 2_000
    expect(fuzzFile.parse(statistics.of([]))).toEqual({
      ...{ cases: 128, ratePerSecond: 64, goals: ["g"], buckets: [] },
      transitionsOverTime: [
        { cases: 32, transitions: 1 },
        { cases: 96, transitions: 2 },
        { cases: 128, transitions: 2 },
      ],
    })
  })
})

describe("Ctrl-C", () => {
  it("ends the run with what was found so far", async () => {
    const found = "mutant/settles-only-by-time-out"
    const args = `fuzz --subject ${found} --subject reference --seed 1 --for 2h --jobs 2`.split(" ")
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { ...process.env, CI: "1", NO_COLOR: "1" },
    })
    let said = ""
    child.stdout.on("data", (chunk) => {
      const before = said
      said += chunk
      const mark = "npx rtspec explain settles-when-answered"
      if (said.includes(mark) && !before.includes(mark)) child.kill("SIGINT")
    })
    const code = await new Promise((resolve) => child.once("close", resolve))
    expect(code).toBe(130)
    expect(said).toContain(`● ${found} 1: found by settles-when-answered`)
    expect(said).toMatch(/^(○ reference 1: not played|● reference 1: 0 failures, 0 new)/m)
    const { buckets } = fuzzFile.parse(JSON.parse(readFileSync(join(folder, ".rtspec/fuzz.json"), "utf8")))
    expect(buckets.map(({ invariant }) => invariant)).toEqual(["settles-when-answered"])
    expect(readdirSync(join(folder, ".rtspec/failures"))).toHaveLength(1)
  }, 120_000)
})

describe("a failure", () => {
  it("is found, shrunk to a page, kept, and played again", async () => {
    const subject = "mutant/settles-only-by-time-out"
    const found = await rtspec("fuzz", "--subject", subject, "--seed", "1", "--cases", "96", "--jobs", "1")
    expect(found.code).toBe(0)
    expect(found.said).toContain("seed 1")
    expect(found.said).toMatch(/settles-when-answered: .*\n.*But: /)
    expect(found.said).toContain("● mutant/settles-only-by-time-out 1: found by settles-when-answered")
    const [id = ""] = readdirSync(join(folder, ".rtspec/failures"))
    expect(found.said).toContain(`npx rtspec replay ${id}`)
    expect(readFileSync(join(folder, ".rtspec/failures", id, "failure.txt"), "utf8")).toContain("The story (")

    const again = await rtspec("replay", id)
    expect(again.code).toBe(1)
    expect(again.said).toMatch(/^FAILED {2}/)
    const mended = await rtspec("replay", join(folder, ".rtspec/failures", id, "repro.json"), "--subject", "reference")
    expect(mended).toMatchObject({ code: 0, said: expect.stringMatching(/^FIXED {2}.* reference 1\n$/) })
  }, 120_000)
})
