// Reports read back: what was written is what is read, and what cannot be read is told in a sentence.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { UsageFault } from "../runner/faults.ts"
import { failureBy } from "../runner/result-for-tests.ts"
import { writeReport } from "./folder.ts"
import { judgedOf, readFuzz, readHistory, readReport } from "./read-results.ts"
import { oneOfEach, resultsOf } from "./report-for-tests.ts"
import { parseReporters } from "./reporters.ts"
import { readTrace } from "./trace-file.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const trace = traceOf([5, { lane: "app", kind: "state", state: "connected" }])
const judged = [
  ...oneOfEach,
  { result: failureBy(["x"], { version: "3", trace, adapterFile: "mine.ts" }), asExpected: false },
]
const pages = { width: 100, titles: new Map() }
const write = (place: string) =>
  writeReport(place, {
    results: resultsOf(judged),
    judged,
    pages,
    reporters: parseReporters("html,junit,sarif,markdown"),
    extras: {},
  })

describe("a report", () => {
  it("is read back from its folder or its results.json", () => {
    write(folder)
    expect(readReport(folder).results).toEqual(resultsOf(judged))
    expect(readReport(join(folder, "results.json"))).toEqual(readReport(folder))
  })

  it("is written again as it was", () => {
    write(folder)
    const report = readReport(folder)
    const again = join(folder, "again")
    writeReport(again, {
      ...report,
      judged: judgedOf(report),
      pages,
      reporters: parseReporters("html,junit,sarif,markdown"),
      extras: {},
    })
    const { trace: traceFile = "" } = report.results.rows.at(-1) ?? {}
    for (const name of [
      "results.json",
      "matrix.md",
      "failures.txt",
      "report.html",
      "junit.xml",
      "results.sarif",
      "summary.md",
      traceFile,
    ])
      expect(readFileSync(join(again, name), "utf8"), name).toBe(readFileSync(join(folder, name), "utf8"))
  })

  it("lives without a trace that was removed", () => {
    write(folder)
    rmSync(join(folder, "traces"), { recursive: true })
    expect(judgedOf(readReport(folder)).map(({ result }) => result.trace)).toEqual(Array(7).fill(undefined))
  })

  it("reads of a trace what is whole", () => {
    const file = join(folder, "half.ndjson")
    writeFileSync(file, `${JSON.stringify(trace.header)}\n${JSON.stringify(trace.entries[0])}\n{"index":1,`)
    expect(readTrace(file)).toEqual(trace)
  })

  it.each([
    ["", "is not JSON"],
    ["{", "is not JSON"],
    ["{}", "is no results.json: schemaVersion: "],
    [
      '{"schemaVersion":1,"rows":[]}',
      "is of schema version 1, this rtspec reads version 2; run again with this rtspec.",
    ],
  ])("that is %j is refused", (text, sentence) => {
    const file = join(folder, "results.json")
    writeFileSync(file, text)
    expect(() => readReport(folder)).toThrow(UsageFault)
    expect(() => readReport(folder)).toThrow(sentence)
    expect(() => readReport(join(folder, "none"))).toThrow("name a report's folder or its results.json")
  })
})

describe("an earlier run", () => {
  it("may be of another version, as long as its rows say what came of them", () => {
    const { run, totals, rows } = resultsOf(judged)
    mkdirSync(join(folder, "monday"))
    const old = { schemaVersion: 1, run, totals, rows: rows.map(({ violations: _, ...row }) => row) }
    writeFileSync(join(folder, "monday", "results.json"), JSON.stringify(old))
    expect(readHistory(join(folder, "monday"))).toMatchObject({ label: "monday", totals })
    writeFileSync(join(folder, "tuesday.json"), JSON.stringify({ ...old, rows: [{}] }))
    expect(() => readHistory(join(folder, "tuesday.json"))).toThrow(
      "tuesday.json is no results.json: rows.0.scenario: ",
    )
  })
})

describe("fuzz.json", () => {
  it("is optional, and checked", () => {
    const fuzz = {
      cases: 3,
      ratePerSecond: 1.5,
      transitionsOverTime: [{ cases: 3, transitions: 1 }],
      goals: [],
      buckets: [],
    }
    const file = join(folder, "fuzz.json")
    writeFileSync(file, JSON.stringify(fuzz))
    expect(readFuzz(file)).toEqual(fuzz)
    writeFileSync(file, JSON.stringify({ ...fuzz, cases: -1 }))
    expect(() => readFuzz(file)).toThrow("is no fuzz.json: cases: ")
  })
})
