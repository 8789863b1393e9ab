// What is proof that a release is as its pair says, and what is not.
import { describe, expect, it } from "vitest"
import { howPairsWent, type PairClaim, unlikeItsPair } from "./pairs.ts"
import type { CaseResult } from "./result.ts"
import { failureBy, resultWith } from "./result-for-tests.ts"

const pair: PairClaim = { subject: "fake", bad: ["1"], good: ["2"], scenario: "turn/one", invariant: "no-crash" }
const good = { version: "2" }
const judgedIt = { triggered: { "no-crash": 3 } }

describe("a release of a pair", () => {
  it.each<[string, CaseResult]>([
    ["bad, and breaks the invariant", failureBy(["no-crash", "story"])],
    ["good, and passes", resultWith({ ...good, ...judgedIt })],
    ["good, and fails by another invariant", failureBy(["close-is-clean"], { ...good, ...judgedIt })],
    ["good, with nothing to judge, and meets the story", failureBy(["close-is-clean"], good)],
    ["good, with the story unmet but the invariant judged", failureBy(["story"], { ...good, ...judgedIt })],
  ])("is as its pair says: %s", (_, result) => {
    expect(unlikeItsPair(pair, result)).toBeUndefined()
  })

  it.each<[string, CaseResult, string]>([
    ["bad, and passes", resultWith(), "fake@1 must break no-crash in turn/one."],
    ["bad, and fails by something else", failureBy(["story"]), "fake@1 must break no-crash in turn/one."],
    ["good, and breaks it", failureBy(["no-crash"], good), "fake@2 must keep no-crash in turn/one."],
    [
      "good, and does nothing at all",
      failureBy(["story"], good),
      "fake@2 gave no-crash nothing to judge in turn/one, and did not do what the story asks.",
    ],
    [
      "not played",
      resultWith({ ...good, verdict: "unsupported", because: "it cannot: cancel" }),
      "fake@2 gave no proof in turn/one: it is unsupported (it cannot: cancel).",
    ],
  ])("is not: %s", (_, result, sentence) => {
    expect(unlikeItsPair(pair, result)).toBe(sentence)
  })
})

describe("a run", () => {
  const bad = failureBy(["no-crash"])

  it("tells how its pairs went", () => {
    expect(howPairsWent([pair], [bad, resultWith({ ...good, ...judgedIt })])).toEqual([
      "releases of pairs that are as they must be: 2 of 2",
    ])
    expect(howPairsWent([pair], [bad, failureBy(["no-crash"], good)])).toEqual([
      "releases of pairs that are as they must be: 1 of 2",
      "fake@2 must keep no-crash in turn/one.",
    ])
  })

  it("says nothing of what it did not play", () => {
    const others = [{ scenario: "turn/two" }, { subject: "other" }, { version: "3" }].map((more) => resultWith(more))
    expect(howPairsWent([pair], [...others, resultWith({ verdict: "not-installed" })])).toEqual([])
  })
})
