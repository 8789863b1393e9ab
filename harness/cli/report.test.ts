// The gate, end to end: a run in shards is the run in one; a missing or repeated shard ends in exit code 2; two reports are
// compared; a ledger is proposed to.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { readReport } from "../report/read-results.ts"
import type { ResultsFile } from "../report/results.ts"
import { main } from "./main.ts"

const folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const place = (name: string) => join(folder, name)

let said = ""
const hear = (...parts: unknown[]) => {
  said += `${parts.join(" ")}\n`
  return true
}
beforeEach(() => {
  said = ""
  vi.spyOn(console, "log").mockImplementation(hear)
  vi.spyOn(console, "error").mockImplementation(hear)
  vi.spyOn(process.stderr, "write").mockImplementation(hear)
  vi.stubEnv("GITHUB_STEP_SUMMARY", place("summary.md"))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What two runs of the same have in common: all but how long they took. */
const timeless = ({ rows, ...rest }: ResultsFile) => ({
  ...rest,
  rows: rows.map(({ durationMs: _, ...row }) => row),
})
const results = (name: string) => timeless(readReport(place(name)).results)

// A subject with a ledger, a mutant that only one of its cases catches, and clients of both protocols.
const which = ["reference-responses", "openai-agents@0.8.0", "mutant/early-cancel-forgotten"]
const rooms = ["turn/*", "cancel/*", "responses-ws/error-*"]
const subjects = [...which.flatMap((name) => ["--subject", name]), ...rooms.flatMap((glob) => ["--scenario", glob])]
const run = (...more: string[]) => main(["run", ...subjects, "--jobs", "2", "--reporter", "junit", ...more])

describe("a run in shards", () => {
  beforeAll(async () => {
    await run("--out", place("whole"))
    for (const index of [1, 2, 3]) await run("--out", place(`s${index}`), "--shard", `${index}/3`)
  }, 240_000)
  const shards = [1, 2, 3].map((index) => place(`s${index}`))

  it("is the run in one when it is put together, traces and forms included", async () => {
    const whole = results("whole")
    expect(whole.totals.failed).toBe(0)
    expect(await main(["report", ...shards, "--out", place("merged"), "--reporter", "junit"])).toBe(0)
    expect(results("merged")).toEqual(whole)
    expect(said).toContain(`${whole.totals.cases} as expected, 0 not`)
    const trace = whole.rows.find((row) => row.trace)?.trace ?? ""
    expect(readFileSync(join(place("merged"), trace), "utf8")).toBe(readFileSync(join(place("whole"), trace), "utf8"))
    for (const name of ["matrix.md", "failures.txt"])
      expect(readFileSync(join(place("merged"), name), "utf8")).toBe(readFileSync(join(place("whole"), name), "utf8"))
  })

  it("is divided: no shard has it all", () => {
    const counts = [1, 2, 3].map((index) => results(`s${index}`).totals.cases)
    expect(Math.max(...counts)).toBeLessThan(results("whole").totals.cases)
    expect(Math.min(...counts)).toBeGreaterThan(0)
  })

  it.each([
    ["missing", [0, 2], "shard 2/3 missing; name the folders of all 3."],
    ["repeated", [0, 1, 1, 2], "are both shard 2/3; name each shard once."],
  ])("is refused with a shard that is %s", async (_, which, sentence) => {
    const dirs = which.flatMap((at) => shards[at] ?? [])
    expect(await main(["report", ...dirs, "--out", place("none")])).toBe(2)
    expect(said).toContain(sentence)
  })

  it("is rendered again in other forms, in its own folder", async () => {
    expect(await main(["report", place("whole"), "--reporter", "html,markdown"])).toBe(0)
    expect(readFileSync(place("whole/report.html"), "utf8")).toContain("<!doctype html>")
    expect(readFileSync(place("summary.md"), "utf8")).toBe(readFileSync(place("whole/summary.md"), "utf8"))
  })

  it("can be compared", async () => {
    expect(await main(["diff", place("whole"), place("merged")])).toBe(0)
    expect(said).toContain("0 worse, 0 better, 0 new, 0 gone")
    const file = readReport(place("whole")).results
    const row = file.rows.find(({ verdict }) => verdict === "pass")
    const rows = file.rows.map((each) => (each === row ? { ...each, verdict: "fail", invariants: ["no-crash"] } : each))
    writeFileSync(place("worse.json"), JSON.stringify({ ...file, rows }))
    expect(await main(["diff", place("whole"), place("worse.json")])).toBe(1)
    expect(said).toContain(`worse: 1\n  ● → ✗  ${row?.scenario} · ${row?.subject} ${row?.version}  no-crash`)
    expect(await main(["diff", place("worse.json"), place("whole"), "--json"])).toBe(0)
    expect(await main(["diff", place("whole"), place("nowhere")])).toBe(2)
  })
})

describe("the gate of one's own client", () => {
  const adapter = fileURLToPath(new URL("../../fixtures/adapters/bare-ws.ts", import.meta.url))
  const gate = (...more: string[]) =>
    main(
      ["run", "--adapter", adapter, "--ledger", place("ledger.json"), "--scenario", "turn/text-during-a-reply"].concat([
        "--out",
        place("own"),
        "--reporter",
        "github",
        ...more,
      ]),
    )

  it("fails on news, is silent about what the ledger knows, and fails on what it knows no longer", async () => {
    writeFileSync(place("ledger.json"), "[]\n")
    expect(await gate("--update-ledger")).toBe(1)
    expect(said).toMatch(/^::error file=.*bare-ws\.ts,line=1,title=bare-ws 1\.0\.0%3A turn\/text-during-a-reply::/m)
    expect(said).toContain("line was proposed; give it a reason")
    expect(await gate()).toBe(2)
    expect(said).toContain("0.reason: must be a sentence")
    const proposed = readFileSync(place("ledger.json"), "utf8")
    writeFileSync(place("ledger.json"), proposed.replace('""', '"It does not wait for the end of a response."'))
    expect(await gate()).toBe(0)
    const other = '[{ "scenario": "turn/text-during-a-reply", "invariant": "no-crash", "reason": "It was so before." }]'
    writeFileSync(
      place("ledger.json"),
      proposed.replace('""', '"It does not wait."').replace("[", `${other.slice(0, -1)},`),
    )
    said = ""
    expect(await gate()).toBe(1)
    expect(said).toMatch(
      /^::error file=.*ledger\.json,line=1,.*remove its line from the ledger \(“It was so before\.”\)/m,
    )
  }, 120_000)

  it.each([
    [["--update-ledger"], "--update-ledger needs to know which: give --ledger a file that holds []."],
    [["--reporter", "xml"], "--reporter takes text, html"],
    [["--shard", "3/2"], "--shard takes I/N with I from 1 to N"],
    [["--traces", "some"], "Allowed choices are failed, all"],
  ])("is told of a mistake: %j", async (args, sentence) => {
    expect(await main(["run", "--adapter", adapter, ...args])).toBe(2)
    expect(said).toContain(sentence)
  })
})
