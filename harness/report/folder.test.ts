// The report's folder: what is in it, that it is whole whatever happens, and that nothing else is touched.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { UsageFault } from "../runner/faults.ts"
import type { Judged } from "../runner/ledger.ts"
import { failureBy } from "../runner/result-for-tests.ts"
import { makeFolder, writeReport, writeWhole } from "./folder.ts"
import { oneOfEach, resultsOf } from "./report-for-tests.ts"
import { parseReporters, reporters } from "./reporters.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const out = () => join(folder, "deep", "report")
const write = (judged: readonly Judged[] = oneOfEach, which = "text") => {
  const results = resultsOf(judged)
  const pages = { width: 100, titles: new Map() }
  return writeReport(out(), { results, judged, pages, reporters: parseReporters(which), extras: {} })
}
const read = (name: string) => readFileSync(join(out(), name), "utf8")
const failing = (...rows: Parameters<typeof traceOf>[0]): Judged => ({
  result: failureBy(["x"], { scenario: "turn/two", trace: traceOf(rows) }),
  asExpected: true,
})

describe("the folder", () => {
  it("holds the record of the run, and no drafts", () => {
    expect(write()).toEqual(["matrix.md", "failures.txt", "results.json"])
    expect(readdirSync(out()).sort()).toEqual(["failures.txt", "matrix.md", "results.json", "traces"])
    expect(JSON.parse(read("results.json"))).toEqual(resultsOf(oneOfEach))
    expect(read("failures.txt")).toMatch(/^✗ turn\/two · fake 1/)
  })

  it("holds each form that was asked for, and none that tells of a run before", () => {
    write(oneOfEach, Object.keys(reporters).join(","))
    const forms = ["junit.xml", "report.html", "results.sarif", "summary.md"]
    expect(readdirSync(out())).toEqual(expect.arrayContaining(forms))
    write(oneOfEach, "junit")
    expect(readdirSync(out()).filter((name) => forms.includes(name))).toEqual(["junit.xml"])
  })

  it("holds a trace for each failure: the header, then an entry a line", () => {
    const judged = failing(5, { lane: "app", kind: "state", state: "connected" })
    write([judged])
    const [name = ""] = readdirSync(join(out(), "traces"))
    expect(JSON.parse(read("results.json")).rows[0].trace).toBe(`traces/${name}`)
    const lines = read(`traces/${name}`).trimEnd().split("\n")
    const { header, entries = [] } = judged.result.trace ?? {}
    expect(lines.map((line) => JSON.parse(line))).toEqual([header, ...entries])
  })

  it("forgets the traces of the run before, and leaves what is the user's", () => {
    mkdirSync(join(out(), "traces", "mine"), { recursive: true })
    for (const name of ["notes.txt", "calls.ndjson", "old@2_turn_one.ndjson", "old@2_turn_one.0123abcd.ndjson"])
      writeFileSync(join(out(), "traces", name), "")
    write([failing(5)])
    expect(readdirSync(join(out(), "traces")).sort()).toEqual([
      ...["calls.ndjson", expect.stringMatching(/^fake@1_turn_two\.\w+\.ndjson$/), "mine", "notes.txt"],
    ])
  })

  it("cannot be made where a file is, which is for the user to mend", () => {
    writeFileSync(join(folder, "file"), "")
    const place = join(folder, "file", "report")
    expect(() => makeFolder(place)).toThrow(UsageFault)
    expect(() => makeFolder(place)).toThrow(/^the report cannot be written to .*; give --out another folder\.$/)
    expect(existsSync(place)).toBe(false)
  })
})

describe("what a killed process has left", () => {
  it("is cleared away by the next report, but not what another is at work on, or what is the user's", () => {
    write()
    for (const name of ["my.notes.draft", "traces/fake@1_turn_two.0123abcd.ndjson.17.draft"])
      writeFileSync(join(out(), name), "{")
    for (const name of [".switch.999999999.Ab3dEf", ".switch.1.Ab3dEf", ".switch.mine"]) mkdirSync(join(out(), name))
    write()
    const kept = readdirSync(out()).filter((name) => /draft|switch/.test(name))
    expect(kept).toEqual([".switch.1.Ab3dEf", ".switch.mine", "my.notes.draft"])
    expect(readdirSync(join(out(), "traces"))).toEqual([])
  })
})

describe("a file that cannot be written", () => {
  it("keeps its old text", () => {
    const file = join(folder, "results.json")
    writeFileSync(file, "old")
    mkdirSync(`${file}.${process.pid}.draft`)
    expect(() => writeWhole(file, "new")).toThrow("EISDIR")
    expect(readFileSync(file, "utf8")).toBe("old")
  })
})
