// Proposed ledger lines: for news alone, without touching what is there, and refused until a person gives a reason.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { oneOfEach } from "../report/report-for-tests.ts"
import { judgeByLedger, readLedger } from "../runner/ledger.ts"
import { failureBy } from "../runner/result-for-tests.ts"
import { proposedLines, updateLedgers, withLines } from "./update-ledger.ts"

let file = ""
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  file = join(folder, "ledger.json")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const news = (version: string, invariants: readonly string[]) => ({
  result: failureBy(invariants, { version, scenario: "turn/two" }),
  asExpected: false,
})
const ids = new Set(["turn/one", "turn/two", "cancel/one"])
const invariants = new Set(["no-crash"])

describe("proposed lines", () => {
  it("are for failures that are news: not for expected ones, stale lines, or our own faults", () => {
    expect(proposedLines(oneOfEach)).toEqual([
      { scenario: "cancel/one", version: "1", invariant: "story", reason: "" },
      { scenario: "cancel/one", version: "1", invariant: "no-crash", reason: "" },
    ])
  })

  it("are one for all versions that break the same", () => {
    expect(proposedLines([news("1", ["a", "b", "a"]), news("2", ["a"])])).toEqual([
      { scenario: "turn/two", version: ["1", "2"], invariant: "a", reason: "" },
      { scenario: "turn/two", version: "1", invariant: "b", reason: "" },
    ])
  })

  it.each(["[]", "[]\n", '[{ "scenario": "turn/one", "reason": "It has always been so." }]\n'])(
    "come after the lines of %j, which stay as they are",
    (text) => {
      const after = withLines(text, proposedLines(oneOfEach))
      expect(after.startsWith(text.trimEnd().slice(0, -1))).toBe(true)
      expect(JSON.parse(after)).toEqual([...JSON.parse(text), ...proposedLines(oneOfEach)])
    },
  )
})

describe("a ledger with proposed lines", () => {
  const update = () => updateLedgers([news("1", ["no-crash"])], new Map([["fake", file]]))

  it("is refused until a person gives a reason; with it, the failure is expected", () => {
    writeFileSync(file, "[]\n")
    expect(update()).toEqual([
      `${file}: 1 line was proposed; give it a reason, or mend the client. Until then the ledger is refused.`,
    ])
    expect(() => readLedger(file, ids, invariants)).toThrow("0.reason: must be a sentence; mend that line.")
    writeFileSync(file, readFileSync(file, "utf8").replace('""', '"It is known to do that."'))
    const judged = judgeByLedger([news("1", ["no-crash"]).result], readLedger(file, ids, invariants), ["1"])
    expect(judged[0]?.asExpected).toBe(true)
  })

  it("is not touched where there is no news, and named where there is none", () => {
    writeFileSync(file, "[]\n")
    expect(updateLedgers(oneOfEach.slice(0, 2), new Map([["fake", file]]))).toEqual([
      "No failure is news: the ledgers stay as they are.",
    ])
    expect(readFileSync(file, "utf8")).toBe("[]\n")
    expect(updateLedgers([news("1", ["no-crash"])], new Map())).toEqual([
      "fake has no ledger, so its 1 failures stay news.",
    ])
  })
})
