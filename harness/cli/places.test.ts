// Where to look: the ledger's line, the scenario's, or the adapter; and the counting of lines in JSON.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { LedgerLine } from "../runner/ledger.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { beginnings, placesIn } from "./places.ts"

const root = resolve(import.meta.dirname, "../..")
let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ledger = `[
  { "scenario": "turn/one", "reason": "A brace } and a \\"[\\" in it." },

  {
    "scenario": ["turn/two", "turn/three"],
    "invariant": ["no-crash", "story"],
    "reason": "It has always been so."
  }, { "scenario": "turn/*", "invariant": "no-crash",
    "reason": "All of them." }
]
`

describe("a place", () => {
  const stale = (line: LedgerLine) => {
    writeFileSync(join(folder, "ledger.json"), ledger)
    const placeOf = placesIn(new Map([["fake", join(folder, "ledger.json")]]), folder)
    return placeOf({ result: resultWith(), asExpected: false, staleLine: line })
  }

  it.each<[LedgerLine, number]>([
    [{ scenario: "turn/one", reason: 'A brace } and a "[" in it.' }, 2],
    [{ scenario: "turn/three", invariant: "story", reason: "It has always been so." }, 4],
    [{ scenario: "turn/*", invariant: "no-crash", reason: "All of them." }, 8],
  ])("of a line that is no longer true is that line: %j", (line, at) => {
    expect(stale(line)).toEqual({ file: "ledger.json", line: at })
  })

  it("of a failure is the scenario where it is at hand, at its id", () => {
    const placeOf = placesIn(new Map(), root)
    const of = (scenario: string) => placeOf({ result: failureBy(["x"], { scenario }), asExpected: false })
    expect(of("turn/text-during-a-reply")).toEqual({ file: "scenarios/turn/text-during-a-reply.ts", line: 8 })
    expect(of("turn/none")).toBeUndefined()
  })

  it("of a failure of one's own client is its adapter", () => {
    const placeOf = placesIn(new Map(), folder)
    const result = failureBy(["x"], { adapterFile: join(folder, "src", "mine.ts") })
    expect(placeOf({ result, asExpected: false })).toEqual({ file: "src/mine.ts", line: 1 })
  })
})

it("members of an array begin where their brace is", () => {
  expect(beginnings("[]")).toEqual([])
  expect(beginnings('[{"a":[{}]},\n\n{"b":{"c":"\\\\\\"{"}}]')).toEqual([1, 3])
})
