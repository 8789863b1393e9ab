// The report's folder and results.json: what is in them, that they are whole, and that nothing else is touched.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { UsageFault } from "../runner/faults.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { makeFolder, writeReport, writeWhole } from "./folder.ts"
import { makeResults, type ResultsFile, resultsFile } from "./results.ts"

const about: ResultsFile["run"] = {
  ...{ rtspec: "0.1.0", node: "v20.0.0", seed: "7", transport: "memory", inventory: "openai 1", strict: false },
  dialect: "openai",
}
const coverable = {
  transitions: [
    { id: "a → b", because: "" },
    { id: "b → c", because: "no server does" },
  ],
  goals: ["crossed", "dropped"],
}
const judged = [
  { result: resultWith({ transitions: ["a → b"], goals: ["dropped"] }), asExpected: true },
  { result: failureBy(["x", "y", "x"], { scenario: "turn/two", trace: traceOf([5]) }), asExpected: false },
]
const results = makeResults(judged, about, coverable)

describe("results.json", () => {
  it("keeps its own schema, in JSON and back", () => {
    expect(resultsFile.parse(JSON.parse(JSON.stringify(results)))).toEqual(results)
  })

  it("counts what was as expected, and what was reached", () => {
    expect(results.totals).toEqual({ cases: 2, passed: 1, failed: 1 })
    expect(results.transitions).toEqual({ reached: 1, possible: 2, unreached: [coverable.transitions[1]] })
    expect(results.goals).toEqual({ reached: ["dropped"], unreached: ["crossed"] })
  })

  it("has a row a case, with each invariant once and the command that plays it again", () => {
    expect(results.rows[1]).toEqual({
      ...{ scenario: "turn/two", subject: "fake", version: "1", verdict: "fail", grade: "documented", seed: "7" },
      ...{ expected: false, invariants: ["x", "y"], because: "", durationMs: 1.235, virtualMs: 40 },
      repro: "npx rtspec run --subject 'fake@1' --scenario turn/two --seed 7",
    })
  })
})

describe("the folder", () => {
  let folder = ""
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const out = () => join(folder, "deep", "report")
  const write = (which = judged) => writeReport(out(), results, which, { width: 100, titles: new Map() })

  it("holds the report, and no drafts", () => {
    write()
    expect(readdirSync(out()).sort()).toEqual(["failures.txt", "matrix.md", "results.json", "traces"])
    expect(JSON.parse(readFileSync(join(out(), "results.json"), "utf8"))).toEqual(results)
    expect(readFileSync(join(out(), "failures.txt"), "utf8")).toMatch(/^✗ turn\/two · fake 1/)
  })

  it("holds a trace for each failure: the header, then an entry a line", () => {
    const trace = traceOf([5, { lane: "app", kind: "state", state: "connected" }])
    write([{ result: failureBy(["x"], { scenario: "turn/two", trace }), asExpected: true }])
    const [name = ""] = readdirSync(join(out(), "traces"))
    expect(name).toBe("fake@1_turn_two.ndjson")
    const lines = readFileSync(join(out(), "traces", name), "utf8")
      .trimEnd()
      .split("\n")
    expect(lines.map((line) => JSON.parse(line))).toEqual([trace.header, ...trace.entries])
  })

  it("forgets the traces of the run before, and leaves what is the user's", () => {
    mkdirSync(join(out(), "traces", "mine"), { recursive: true })
    for (const name of ["notes.txt", "calls.ndjson", "old@2_turn_one.ndjson"])
      writeFileSync(join(out(), "traces", name), "")
    write()
    expect(readdirSync(join(out(), "traces")).sort()).toEqual([
      ...["calls.ndjson", "fake@1_turn_two.ndjson", "mine", "notes.txt"],
    ])
  })

  it("keeps a file's old text where the new cannot be written", () => {
    const file = join(folder, "results.json")
    writeFileSync(file, "old")
    mkdirSync(`${file}.${process.pid}.draft`)
    expect(() => writeWhole(file, "new")).toThrow("EISDIR")
    expect(readFileSync(file, "utf8")).toBe("old")
  })

  it("cannot be made where a file is, which is for the user to mend", () => {
    writeFileSync(join(folder, "file"), "")
    const place = join(folder, "file", "report")
    expect(() => makeFolder(place)).toThrow(UsageFault)
    expect(() => makeFolder(place)).toThrow(/^the report cannot be written to .*; give --out another folder\.$/)
    expect(existsSync(place)).toBe(false)
  })
})
