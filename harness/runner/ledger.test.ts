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
    expect(() => judge(unsupported, [line()])).toThrow(
      "the ledger ledger.json expects a failure of turn/one, which this subject does not play (it cannot: truncate); remove the line.",
    )
  })

  it("may wait for a version that plays the scenario, or for a scenario that was not selected", () => {
    const results = [resultWith({ verdict: "unsupported" }), failureBy(["a"], { version: "2" })]
    const file = { file: "ledger.json", lines: [line(), line({ scenario: "turn/other" })] }
    expect(judgeByLedger(results, file, ["1", "2"]).map(({ asExpected }) => asExpected)).toEqual([true, true])
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
    return readLedger(file, new Set(["turn/one"]), new Set(["no-crash"]))
  }

  it("is a list of lines; one that is not there is empty", () => {
    expect(read(JSON.stringify([line(), line({ invariant: "story" })])).lines).toHaveLength(2)
    expect(readLedger(join(folder, "none.json"), new Set(), new Set()).lines).toEqual([])
  })

  it.each([
    ["[{", /the ledger .*ledger\.json is not JSON \(.+\); mend it\./],
    ["{}", /ledger\.json: it: .*expected array.*; mend that line/],
    [JSON.stringify([line(), line({ reason: "short" })]), /ledger\.json: 1\.reason: must be a sentence; mend/],
    [JSON.stringify([{ ...line(), verison: "1" }]), /ledger\.json: 0: .*verison.*; mend that line/],
    [JSON.stringify([line({ scenario: "turn/on" })]), /names the scenario "turn\/on", which does not exist/],
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

  it("are not when nothing catches them, or when they are broken", () => {
    expect(judgeMutants([resultWith()], "a")[0]?.asExpected).toBe(false)
    const judged = judgeMutants([failureBy(["a"]), resultWith({ verdict: "broken" })], "a")
    expect(judged.map(({ asExpected }) => asExpected)).toEqual([true, false])
  })
})
