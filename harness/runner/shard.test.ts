// Which shard plays which case: each case once, whatever the number of shards, and together what is judged together.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Scenario } from "../script/scenario.ts"
import { UsageFault } from "./faults.ts"
import type { SuiteSubject } from "./player.ts"
import { parseShard, shareOf } from "./shard.ts"

const scenarios = Array.from({ length: 13 }, (_, at) => ({ id: `turn/n${at}` }) as Scenario)
const responses = { id: "responses-ws/one", protocol: "responses" } as Scenario
const subject = (name: string, version: string): SuiteSubject => ({
  name,
  version,
  protocol: "realtime",
  installed: true,
})
const subjects = [subject("a", "1"), subject("a", "2"), subject("b", "1"), subject("mutant/x", "1")]
const isJudgedWhole = (name: string) => name === "mutant/x"

/** The shards, of `of`, that play the case. */
const playedBy = (of: number, who: SuiteSubject, scenario: Scenario) =>
  Array.from({ length: of }, (_, at) => at + 1).filter((index) =>
    shareOf({ index, of }, subjects, [...scenarios, responses], isJudgedWhole)(who, scenario),
  )

describe("shards", () => {
  it("play each case once between them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(...subjects),
        fc.constantFrom(...scenarios),
        (of, who, scenario) => {
          expect(playedBy(of, who, scenario)).toHaveLength(1)
        },
      ),
    )
  })

  it("keep the versions of a subject together, scenario by scenario, and a subject that is judged whole", () => {
    for (const scenario of scenarios)
      expect(playedBy(4, subject("a", "1"), scenario)).toEqual(playedBy(4, subject("a", "2"), scenario))
    const shards = scenarios.flatMap((scenario) => playedBy(4, subject("mutant/x", "1"), scenario))
    expect(new Set(shards).size).toBe(1)
  })

  it("are of about one size", () => {
    const counts = [1, 2, 3].map(
      (index) =>
        scenarios.filter((each) => shareOf({ index, of: 3 }, subjects, scenarios, () => false)(subject("b", "1"), each))
          .length,
    )
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  })
})

describe("--shard", () => {
  it("takes I/N", () => {
    expect(parseShard("2/3")).toEqual({ index: 2, of: 3 })
  })

  it.each(["", "0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/2"])("refuses %j", (text) => {
    expect(() => parseShard(text)).toThrow(UsageFault)
    expect(() => parseShard(text)).toThrow(`such as 2/3, not "${text}".`)
  })
})
