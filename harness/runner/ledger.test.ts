// The ledger: what it excuses, what it does not, and what is wrong with one that cannot be true.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { UsageFault } from "./faults.ts"
import { judgeByLedger, type LedgerLine, readLedger } from "./ledger.ts"
import { judgeMutants } from "./mutants.ts"
import type { CaseResult } from "./result.ts"
import { failureBy, resultWith } from "./result-for-tests.ts"

const reason = "It has been so since 2024, see its tracker."
const line = (more: Partial<LedgerLine> = {}): LedgerLine => ({ scenario: "turn/one", reason, ...more })
const judge = (result: CaseResult, lines: readonly LedgerLine[]) =>
  judgeByLedger([result], { file: "ledger.json", lines }, ["1", "2"])[0]

describe("a case and its lines", () => {
  it.each<[string, CaseResult, LedgerLine[], object]>([
    ["passes without a line", resultWith(), [], { asExpected: true }],
    ["fails without a line", failureBy(["a"]), [], { asExpected: false }],
    ["fails as a line says", failureBy(["a"]), [line({ invariant: "a" })], { asExpected: true, reason }],
    ["fails, whatever the line", failureBy(["a", "b"]), [line()], { asExpected: true, reason }],
    ["fails by more than the line says", failureBy(["a", "b"]), [line({ invariant: "a" })], { asExpected: false }],
    ["fails in another version", failureBy(["a"]), [line({ version: "2" })], { asExpected: false }],
    ["fails in a listed version", failureBy(["a"]), [line({ version: ["1", "2"] })], { asExpected: true, reason }],
    ["fails in another scenario", failureBy(["a"], { scenario: "turn/two" }), [line()], { asExpected: false }],
    ["passes in spite of a line", resultWith(), [line()], { asExpected: false, staleLine: line() }],
    [
      "fails by one of two lines only",
      failureBy(["a"]),
      [line({ invariant: "a" }), line({ invariant: "b" })],
      { asExpected: false, staleLine: line({ invariant: "b" }) },
    ],
    ["is inconclusive, line or not", resultWith({ verdict: "inconclusive" }), [line()], { asExpected: true }],
    ["is not installed, line or not", resultWith({ verdict: "not-installed" }), [line()], { asExpected: true }],
    ["is broken, which no line excuses", resultWith({ verdict: "broken" }), [line()], { asExpected: false }],
    ["is unsupported", resultWith({ verdict: "unsupported" }), [], { asExpected: true }],
    [
      "leaves the reference client without a verdict",
      resultWith({ subject: "reference", verdict: "inconclusive" }),
      [],
      { asExpected: false },
    ],
  ])("%s", (_, result, lines, expected) => {
    expect(judge(result, lines)).toEqual({ result, ...expected })
  })

  it("gives the reasons of all lines that it fails by", () => {
    const lines = [line({ invariant: "a" }), line({ invariant: "b", reason: "And this is another." }), line()]
    expect(judge(failureBy(["a", "b"]), lines)?.reason).toBe(`${reason} And this is another.`)
  })
})

describe("a line that cannot be true", () => {
  it("names a version that there is not", () => {
    expect(() => judge(resultWith(), [line({ version: ["1", "9"] })])).toThrow(
      "the ledger ledger.json names version 9 for turn/one, which is no version of this subject (1, 2); remove the line.",
    )
  })

  it("expects a failure of what the subject does not play", () => {
    const unsupported = resultWith({ verdict: "unsupported", because: "it cannot: truncate" })
    expect(() => judge(unsupported, [line({ version: "1" })])).toThrow(
      "the ledger ledger.json expects a failure of turn/one, which this subject does not play (it cannot: truncate); remove the line.",
    )
  })

  it("may wait for a version that was not selected", () => {
    expect(judge(resultWith({ verdict: "unsupported" }), [line()])?.asExpected).toBe(true)
  })

  it("may wait for a version that plays the scenario, or for a scenario that was not selected", () => {
    const results = [resultWith({ verdict: "unsupported" }), failureBy(["a"], { version: "2" })]
    const file = { file: "ledger.json", lines: [line(), line({ scenario: "turn/other" })] }
    expect(judgeByLedger(results, file, ["1", "2"]).map(({ asExpected }) => asExpected)).toEqual([true, true])
  })
})

describe("a glob", () => {
  const glob = line({ scenario: "turn/*", invariant: "a", covers: new Set(["turn/one", "turn/two", "turn/three"]) })
  const failing = failureBy(["a"])
  const passing = resultWith({ scenario: "turn/two" })
  const silent = resultWith({ scenario: "turn/three", verdict: "unsupported", because: "it cannot: cancel" })
  const judgeAll = (results: readonly CaseResult[], lines: readonly LedgerLine[] = [glob]) =>
    judgeByLedger(results, { file: "ledger.json", lines }, ["1", "2"]).map(({ asExpected, reason: why, staleLine }) => [
      asExpected,
      why ?? staleLine,
    ])

  it("excuses what fails by its invariant, and what passes beside it", () => {
    expect(judgeAll([failing, passing, silent])).toEqual([
      [true, reason],
      [true, undefined],
      [true, undefined],
    ])
  })

  it("excuses no other invariant, version or room", () => {
    expect(judgeAll([failureBy(["a", "b"])])).toEqual([[false, undefined]])
    expect(judgeAll([failing], [{ ...glob, version: "2" }])).toEqual([[false, undefined]])
    expect(judgeAll([failureBy(["a"], { scenario: "tools/one" })])).toEqual([[false, undefined]])
  })

  it("is stale in a version of which no case breaks its invariant, under the first that was judged", () => {
    const other = [failing, passing, silent].map((result) => ({ ...result, version: "2" }))
    expect(judgeAll([silent, resultWith(), passing, ...other])).toEqual([
      [true, undefined],
      [false, glob],
      [true, undefined],
      [true, reason],
      [true, undefined],
      [true, undefined],
    ])
  })

  it("is not stale where some of what it covers was not played", () => {
    expect(judgeAll([resultWith(), passing])).toEqual([
      [true, undefined],
      [true, undefined],
    ])
  })

  it("leaves a line of one scenario as strict as it is", () => {
    expect(judgeAll([failing, passing, silent], [glob, line({ scenario: "turn/two", invariant: "a" })])).toEqual([
      [true, reason],
      [false, line({ scenario: "turn/two", invariant: "a" })],
      [true, undefined],
    ])
  })

  it("of which nothing can be played is a mistake", () => {
    const results = ["turn/one", "turn/two", "turn/three"].map((scenario) => ({ ...silent, scenario }))
    expect(() => judgeAll(results, [{ ...glob, version: "1" }])).toThrow(
      "expects a failure of turn/*, which this subject does not play (it cannot: cancel)",
    )
  })
})

describe("a ledger's file", () => {
  let folder = ""
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const read = (text: string) => {
    const file = join(folder, "ledger.json")
    writeFileSync(file, text)
    return readLedger(file, new Set(["turn/one", "turn/two", "tools/one"]), new Set(["no-crash", "streams-end"]))
  }

  it("is a list of lines; one that is not there is empty", () => {
    expect(read(JSON.stringify([line(), line({ invariant: "story" })])).lines).toHaveLength(2)
    expect(readLedger(join(folder, "none.json"), new Set(), new Set()).lines).toEqual([])
  })

  it("says once what is true of several scenarios and invariants", () => {
    const several = { scenario: ["turn/one", "turn/two"], invariant: ["no-crash", "story"], reason }
    expect(read(JSON.stringify([several])).lines).toEqual([
      line({ invariant: "no-crash" }),
      line({ invariant: "story" }),
      line({ scenario: "turn/two", invariant: "no-crash" }),
      line({ scenario: "turn/two", invariant: "story" }),
    ])
  })

  it("may speak of a kept repro, which no glob covers", () => {
    const kept = "regressions/openai-agents-one-active-response-d7ebaece"
    expect(read(JSON.stringify([line({ scenario: kept })])).lines).toMatchObject([{ scenario: kept }])
  })

  it("knows what a glob covers", () => {
    const [first, second] = read(JSON.stringify([{ scenario: ["*", "turn/*"], invariant: "no-crash", reason }])).lines
    expect([...(first?.covers ?? [])]).toEqual(["turn/one", "turn/two", "tools/one"])
    expect([...(second?.covers ?? [])]).toEqual(["turn/one", "turn/two"])
  })

  it.each([
    ["[{", /the ledger .*ledger\.json is not JSON \(.+\); mend it\./],
    ["{}", /ledger\.json: it: .*expected array.*; mend that line/],
    [JSON.stringify([line(), line({ reason: "short" })]), /ledger\.json: 1\.reason: must be a sentence; mend/],
    [JSON.stringify([{ ...line(), verison: "1" }]), /ledger\.json: 0: .*verison.*; mend that line/],
    [
      JSON.stringify([line({ scenario: "regressions/on" })]),
      /names the scenario "regressions\/on", which does not exist/,
    ],
    [JSON.stringify([line({ scenario: "turn/on" })]), /names the scenario "turn\/on", which does not exist/],
    [
      JSON.stringify([line({ scenario: "trun/*", invariant: "no-crash" })]),
      /names the scenario "trun\/\*", which does/,
    ],
    [JSON.stringify([line({ scenario: "turn/*" })]), /names no invariant for "turn\/\*"; say which one all these/],
    [JSON.stringify([line({ scenario: "*", invariant: "story" })]), /names no invariant for "\*"; say which one/],
    [JSON.stringify([line({ invariant: "no-cash" })]), /names the invariant "no-cash", which does not exist/],
  ])("%s is refused with one sentence", (text, sentence) => {
    expect(() => read(text)).toThrow(UsageFault)
    expect(() => read(text)).toThrow(sentence)
  })
})

describe("mutants", () => {
  it("are as expected when one of their cases fails", () => {
    const judged = judgeMutants([resultWith(), failureBy(["a"])], "a")
    expect(judged.map(({ asExpected, reason: why }) => [asExpected, why])).toEqual([
      [true, undefined],
      [true, "a planted bug"],
    ])
  })

  it("are as expected when a case would fail under --strict", () => {
    const warned = resultWith({ verdict: "inconclusive", warnings: failureBy(["a"]).violations })
    expect(judgeMutants([resultWith(), warned], "a").map(({ asExpected }) => asExpected)).toEqual([true, true])
    expect(judgeMutants([{ ...warned, verdict: "broken" }], "a")[0]?.asExpected).toBe(false)
  })

  it("are not when nothing catches them, or when they are broken", () => {
    expect(judgeMutants([resultWith()], "a")[0]?.asExpected).toBe(false)
    const judged = judgeMutants([failureBy(["a"]), resultWith({ verdict: "broken" })], "a")
    expect(judged.map(({ asExpected }) => asExpected)).toEqual([true, false])
  })
})
