// What changed between two runs: every kind of change, and what is none.
import { describe, expect, it } from "vitest"
import type { Verdict } from "../runner/result.ts"
import { failureBy, resultWith } from "../runner/result-for-tests.ts"
import { compareResults } from "./diff.ts"
import { resultsOf } from "./report-for-tests.ts"

const run = (cases: Readonly<Record<string, Verdict | readonly string[]>>) =>
  resultsOf(
    Object.entries(cases).map(([scenario, came]) => ({
      result: typeof came === "string" ? resultWith({ scenario, verdict: came }) : failureBy(came, { scenario }),
      asExpected: true,
    })),
  )

/** What changed, in short. */
function changed(before: Parameters<typeof run>[0], after: Parameters<typeof run>[0]) {
  const found = compareResults(run(before), run(after))
  return Object.entries(found).flatMap(([kind, changes]) =>
    (changes as (typeof found)["worse"]).map(({ scenario, invariants }) => [kind, scenario, ...invariants].join(" ")),
  )
}

describe("a difference", () => {
  it.each<[Verdict | string[], Verdict | string[], string[]]>([
    ["pass", "pass", []],
    ["pass", ["no-crash"], ["worse a no-crash"]],
    [["no-crash"], "pass", ["better a no-crash"]],
    [["no-crash"], ["no-crash"], []],
    [["no-crash"], ["story"], ["worse a story"]],
    [["no-crash"], ["no-crash", "story"], ["worse a story"]],
    [["no-crash", "story"], ["no-crash"], ["better a story"]],
    ["pass", "inconclusive", ["worse a"]],
    ["pass", "unsupported", ["worse a"]],
    ["pass", "not-installed", ["worse a"]],
    ["inconclusive", ["story"], ["worse a story"]],
    ["unsupported", "pass", ["better a"]],
    ["unsupported", ["story"], ["worse a story"]],
    [["story"], "broken", ["worse a"]],
    ["broken", ["story"], ["better a"]],
  ])("from %j to %j: %j", (before, after, changes) => {
    expect(changed({ a: before }, { a: after })).toEqual(changes)
  })

  it("tells what is new and what is gone, neither of which is worse", () => {
    expect(changed({ a: "pass", old: ["story"] }, { a: "pass", fresh: ["no-crash"] })).toEqual([
      ...["added fresh no-crash", "gone old story"],
    ])
  })

  it("goes by subject and version, too", () => {
    const other = resultsOf([{ result: resultWith({ version: "2", scenario: "a" }), asExpected: true }])
    const found = compareResults(run({ a: ["story"] }), other)
    expect(found).toMatchObject({
      worse: [],
      better: [],
      added: [{ version: "2" }],
      gone: [{ version: "1", before: "fail" }],
    })
  })
})
