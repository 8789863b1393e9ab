// The bugs of a ledger: one for each reason and invariant, shown by the scenario that says the least besides.
import { describe, expect, it } from "vitest"
import type { LedgerLine } from "../runner/ledger.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { network, user } from "../script/index.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Step } from "../script/steps.ts"
import { bugsIn } from "./bugs.ts"

const story = (id: string, ...steps: Step[]): Scenario => ({
  ...{ id, title: "A story", cites: [], grade: "observed", source: "", needs: [], judgedBy: [], story: steps },
})
const scenarios = [
  story("turn/lossy", network.drops()),
  story("turn/long", user.says("a"), user.says("b")),
  story("turn/short", user.says("a")),
]
const line = (scenario: string, reason: string, invariant?: string): LedgerLine => ({
  ...{ scenario, reason },
  ...(invariant === undefined ? {} : { invariant }),
})
const told = (results: Parameters<typeof bugsIn>[0], lines: readonly LedgerLine[]) =>
  bugsIn(results, lines, scenarios).map(({ reason, invariant, scenario }) => `${reason} ${invariant} ${scenario.id}`)

describe("the bugs of a ledger", () => {
  it("are shown by a story in which little goes wrong, and then by a short one", () => {
    const results = scenarios.map(({ id }) => failureBy(["x"], { scenario: id }))
    const lines = scenarios.map(({ id }) => line(id, "R", "x"))
    expect(told(results, lines)).toEqual(["R x turn/short"])
    expect(told(results, lines.slice(0, 2))).toEqual(["R x turn/long"])
  })

  it("are shown by a story that no other reason speaks of, if there is one", () => {
    const results = scenarios.map(({ id }) => failureBy(["x"], { scenario: id }))
    const lines = [line("turn/short", "R", "x"), line("turn/short", "S", "x"), line("turn/lossy", "S", "x")]
    expect(told(results, lines)).toEqual(["R x turn/short", "S x turn/lossy"])
  })

  it("are one for each invariant, and all that fail where a line names none", () => {
    const results = [failureBy(["x", "y"], { scenario: "turn/short" })]
    expect(told(results, [line("turn/short", "R")])).toEqual(["R x turn/short", "R y turn/short"])
    expect(told(results, [line("turn/short", "R", "y")])).toEqual(["R y turn/short"])
  })

  it("are none where nothing fails", () => {
    expect(told([resultWith({ scenario: "turn/short" })], [line("turn/short", "R", "x")])).toEqual([])
  })
})
