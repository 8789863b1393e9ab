// Every mutant is caught by the invariant that it names; each is played only until it is.
import { describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants as realtimeMutants } from "../../adapters/mutants/table.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import type { Scenario } from "../script/scenario.ts"
import { isCaught, judgeMutants } from "./mutants.ts"
import { openPlayer } from "./player.ts"
import type { CaseResult } from "./result.ts"
import { isOfProtocol, runSuite } from "./suite.ts"

const subjectOf = (name: string) => {
  const entry = subjects.find((each) => each.name === `mutant/${name}`)
  if (!entry) throw new Error(`mutant/${name} is not in adapters/index.ts`)
  const { version, protocol } = entry
  return { name: entry.name, version, protocol, installed: true }
}

const options = { transport: "memory", seed: "1", strict: true } as const

/** Plays until the invariant has caught it, the stories about that invariant first; gives what was played. */
async function hunt(name: string, invariant: string): Promise<CaseResult[]> {
  const subject = subjectOf(name)
  const isAbout = ({ judgedBy }: Scenario) => judgedBy.includes(invariant)
  const ours = scenarios.filter((each) => isOfProtocol(subject, each))
  const player = openPlayer(subject, options)
  const results: CaseResult[] = []
  try {
    for (const scenario of [...ours.filter(isAbout), ...ours.filter((each) => !isAbout(each))]) {
      const result = await player.play(scenario)
      results.push(result)
      if (isCaught([result], invariant)) break
    }
  } finally {
    player.stop()
  }
  return results
}

const mutants = [...realtimeMutants, ...responsesMutants]

describe("mutants", () => {
  const ids = [...new Set(mutants.map(({ caughtBy }) => caughtBy))]
  const byInvariant = ids.map((id) => [id, mutants.filter(({ caughtBy }) => caughtBy === id)] as const)

  it.each(byInvariant)("those that %s must catch are caught, and none is broken", async (invariant, list) => {
    for (const { name } of list) {
      const results = await hunt(name, invariant)
      expect([name, isCaught(results, invariant)]).toEqual([name, true])
      expect(results.filter(({ verdict }) => verdict === "broken")).toEqual([])
    }
  })

  it("there is one at least for every invariant", () => {
    const all = invariants.map(({ id }) => id)
    expect(all.filter((id) => !ids.includes(id))).toEqual([])
  })

  it("one that nothing catches is not as expected", async () => {
    const results = await runSuite({
      ...options,
      subjects: [subjectOf("no-guard-on-create")],
      scenarios: scenarios.filter(({ id }) => id === "turn/text-turn"),
      jobs: 1,
    })
    expect(results).toMatchObject([{ verdict: "pass" }])
    expect(judgeMutants(results, "one-active-response")).toMatchObject([{ asExpected: false }])
  })
})
