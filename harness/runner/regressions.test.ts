// Kept repros as scenarios of a run: who plays them, and what is expected of whom.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { user } from "../script/index.ts"
import { type Repro, reproText } from "../script/repro.ts"
import { UsageFault } from "./faults.ts"
import { judgeByLedger, type LedgerLine } from "./ledger.ts"
import { isPlayedBy, linesFor, readRegressions } from "./regressions.ts"
import { failureBy, resultWith } from "./result-for-tests.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const repro: Repro = {
  ...{ format: "rtspec-repro", version: 1, id: "fake-x", invariant: "x", also: ["y"] },
  ...{ subject: "fake", subjectVersion: "2", seed: "7", foundBy: { scenario: "turn/one" } },
  scenario: {
    ...{ id: "fuzz/fake-x", title: "The client answers once", cites: [], grade: "observed", source: "", needs: [] },
    ...{ judgedBy: [], protocol: "realtime", story: [user.says("a")] },
  },
}
const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const read = () => readRegressions(folder)
const subject = (name: string, version: string) => ({ name, version, protocol: "realtime", installed: true }) as const

describe("kept repros", () => {
  it("are read by name, each as a scenario of the group regressions", () => {
    write("README.md", "what they are")
    write("fake-x.json", reproText(repro))
    expect(read().map(({ scenario }) => scenario.id)).toEqual(["regressions/fake-x"])
    expect(readRegressions(join(folder, "nothing"))).toEqual([])
  })

  it("that can not be played are refused with the file and what is wrong", () => {
    write("fake-x.json", "{")
    expect(read).toThrow(UsageFault)
    expect(read).toThrow(/fake-x\.json is not JSON .*; mend or remove it\.$/)
    write("fake-x.json", reproText({ ...repro, id: "other" }))
    expect(read).toThrow("holds the repro other; a repro's file bears its name.")
  })

  it("are played by the reference client and where they were found", () => {
    const plays = isPlayedBy([{ ...repro, scenario: { ...repro.scenario, id: "regressions/fake-x" } }])
    const kept = { ...repro.scenario, id: "regressions/fake-x" }
    expect(plays(subject("reference", "1"), kept)).toBe(true)
    expect(plays(subject("fake", "2"), kept)).toBe(true)
    expect(plays(subject("fake", "1"), kept)).toBe(false)
    expect(plays(subject("other", "2"), kept)).toBe(false)
    expect(plays(subject("other", "2"), { ...kept, id: "turn/one" })).toBe(true)
  })
})

describe("what a run expects of them", () => {
  const kept = { ...repro, scenario: { ...repro.scenario, id: "regressions/fake-x" } }
  const judge = (broken: readonly string[], ledger: readonly LedgerLine[] = []) => {
    const found = { scenario: "regressions/fake-x", version: "2" }
    const result = broken.length > 0 ? failureBy(broken, found) : resultWith(found)
    return judgeByLedger([result], { file: "", lines: linesFor("fake", [kept], ledger) }, ["1", "2"])[0]
  }

  it("is all that the file says the client breaks, for the reason of the line that names it", () => {
    expect(judge(["x", "y"])).toMatchObject({ asExpected: true })
    const line = { scenario: "turn/one", reason: "It answers twice.", repro: ["fake-x"] }
    expect(judge(["x", "y"], [line])).toMatchObject({ asExpected: true, reason: "It answers twice." })
  })

  it("is told when it no longer fails so, or by something else", () => {
    expect(judge([])).toMatchObject({ asExpected: false, staleLine: { scenario: "regressions/fake-x" } })
    expect(judge(["x"])).toMatchObject({ asExpected: false, staleLine: { invariant: "y" } })
    expect(judge(["x", "y", "z"])).toMatchObject({ asExpected: false })
  })

  it("is told when its story comes to nothing, and not where it could not be played", () => {
    const without = (verdict: "inconclusive" | "not-installed") => {
      const result = resultWith({ scenario: "regressions/fake-x", version: "2", verdict })
      return judgeByLedger([result], { file: "", lines: linesFor("fake", [kept], []) }, ["1", "2"])[0]
    }
    expect(without("inconclusive")).toMatchObject({ asExpected: false, staleLine: { invariant: "x" } })
    expect(without("not-installed")).toMatchObject({ asExpected: true })
  })

  it("is nothing but survival of the reference client, found there or not", () => {
    expect(linesFor("reference", [{ ...kept, subject: "reference" }], [])).toEqual([])
    const undecided = { scenario: "regressions/fake-x", subject: "reference", verdict: "inconclusive" } as const
    expect(judgeByLedger([resultWith(undecided)], { file: "", lines: [] }, ["1"])[0]?.asExpected).toBe(true)
    const failed = failureBy(["x"], { scenario: "regressions/fake-x", subject: "reference" })
    expect(judgeByLedger([failed], { file: "", lines: [] }, ["1"])[0]?.asExpected).toBe(false)
  })
})
