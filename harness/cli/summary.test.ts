// What a run prints at its end.
import pc from "picocolors"
import { describe, expect, it } from "vitest"
import { resultsOf } from "../report/report-for-tests.ts"
import type { Judged } from "../runner/ledger.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { printRun, type Summary } from "./summary.ts"

function printed(judged: readonly Judged[], more: Partial<Summary> = {}): string[] {
  const lines: string[] = []
  const coverable = { transitions: [{ id: "a → b", because: "" }], goals: ["crossed"] }
  const results = resultsOf(judged, { coverable })
  const rest = { titles: new Map(), width: 100, out: "reports/latest", allFailures: false, missing: [], written: [] }
  printRun({ judged, results, ...rest, colors: pc.createColors(false), ...more }, (line) => lines.push(line))
  return lines
}

const expected: Judged = { result: failureBy(["story"]), asExpected: true, reason: "It has always been so." }
const news: Judged = { result: failureBy(["no-crash"], { scenario: "turn/two" }), asExpected: false }
const line = { scenario: "turn/one", reason: "It has always been so." }

describe("the summary", () => {
  it("ends with where the report lies and what was as expected", () => {
    expect(printed([{ result: resultWith(), asExpected: true }]).slice(-2)).toEqual([
      "report: reports/latest/results.json",
      "1 as expected, 0 not",
    ])
  })

  it("counts what is not installed apart", () => {
    const absent = resultWith({ version: "2", verdict: "not-installed", because: "it is not installed" })
    const judged = [resultWith(), absent].map((result) => ({ result, asExpected: true }))
    expect(printed(judged).at(-1)).toBe("1 as expected, 0 not, 1 not installed")
    expect(printed(judged)).toContain("Not installed, and not judged. To have it: npx rtspec subjects install fake@2")
    expect(printed(judged.slice(0, 1)).join()).not.toContain("install fake")
  })

  it("names the page where there is one, and can leave out the rest", () => {
    const written = ["report.html", "results.json"]
    expect(printed([expected], { written, isBrief: true, missing: ["no case reached it."] })).toEqual([
      ...["✗ no case reached it.", "report: reports/latest/report.html", "1 as expected, 0 not"],
    ])
  })

  it("has a page for a failure that is news, and a few words for one that is not", () => {
    const text = printed([expected, news]).join("\n")
    expect(text).toContain("✗ turn/one · fake 1 · story\n    story was broken.\n    expected: It has always been so.")
    expect(text).not.toContain("--scenario turn/one")
    expect(text).toContain("  Again:\n    npx rtspec run --subject 'fake@1' --scenario turn/two --seed 7")
    expect(text).toMatch(/1 as expected, 1 not$/)
  })

  it("has the page of every failure when asked", () => {
    expect(printed([expected], { allFailures: true }).join("\n")).toContain("--scenario turn/one")
  })

  it("says which line of a ledger to remove, and why", () => {
    expect(printed([{ result: resultWith(), asExpected: false, staleLine: line }])).toContain(
      "✗ turn/one · fake 1 passes: remove its line from the ledger (“It has always been so.”)",
    )
    const stale = { ...line, invariant: "no-late-output" }
    expect(printed([{ result: failureBy(["story"]), asExpected: false, staleLine: stale }]).join(" ")).toContain(
      "✗ turn/one · fake 1 does not break no-late-output: remove its line from the ledger (“It has always been so.”)",
    )
  })

  it("says what became of a repro that comes to nothing", () => {
    const scenario = "regressions/fake-x"
    const result = resultWith({ scenario, verdict: "inconclusive", because: "nothing called for it" })
    expect(printed([{ result, asExpected: false, staleLine: { ...line, scenario } }]).join(" ")).toContain(
      "✗ regressions/fake-x · fake 1 is inconclusive (nothing called for it): remove the repro, or shrink it again",
    )
  })

  it("is no wider than a narrow terminal, commands excepted", () => {
    const many = Array.from({ length: 70 }, (_, at) => ({
      result: resultWith({ scenario: `responses-ws/n${at}`, goals: ["crossed"] }),
      asExpected: true,
    }))
    const stale = { result: resultWith({ version: "2" }), asExpected: false, staleLine: line }
    const missing = [`no case reached ${"the goal that it should have reached ".repeat(3)}`]
    const lines = printed([...many, expected, news, stale], { width: 60, missing })
    expect(lines.filter((each) => each.length > 60 && !each.includes("npx rtspec"))).toEqual([])
    expect(lines.join("").match(/●/g)?.length).toBeGreaterThan(70)
  })

  it("tells what a full run should have reached", () => {
    const lines = printed([], { missing: ["no case reached the goal crossed."] })
    expect(lines).toContain("✗ no case reached the goal crossed.")
    expect(lines).toContain("goals reached: 0 of 1")
  })
})
