import { describe, expect, it } from "vitest"
import { subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants as realtimeMutants } from "../../adapters/mutants/table.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { isCaught, judgeMutants } from "./mutants.ts"
import { runSuite } from "./suite.ts"

const subjectOf = (name: string) => {
  const entry = subjects.find((each) => each.name === `mutant/${name}`)
  if (!entry) throw new Error(`mutant/${name} is not in adapters/index.ts`)
  const { version, protocol } = entry
  return { name: entry.name, version, protocol, installed: true }
}

const play = (names: readonly string[], stories: typeof scenarios) =>
  runSuite({
    subjects: names.map(subjectOf),
    scenarios: stories,
    transport: "memory",
    seed: "1",
    strict: true,
    jobs: 2,
  })

const mutants = [...realtimeMutants, ...responsesMutants]

describe("mutants", () => {
  const ids = [...new Set(mutants.map(({ caughtBy }) => caughtBy))]
  const byInvariant = ids.map((id) => [id, mutants.filter(({ caughtBy }) => caughtBy === id)] as const)

  it.each(byInvariant)("those that %s must catch are caught, and none is broken", async (invariant, list) => {
    const about = scenarios.filter(({ judgedBy }) => judgedBy.includes(invariant))
    const results = await play(
      list.map(({ name }) => name),
      about,
    )
    const ownOf = (name: string) => results.filter(({ subject }) => subject === `mutant/${name}`)
    const missed = list.filter(({ name }) => !isCaught(ownOf(name), invariant)).map(({ name }) => name)
    // What the stories about the invariant do not catch, another story must.
    const rest = missed.length === 0 ? [] : await play(missed, scenarios)
    const blind = missed.filter(
      (name) =>
        !isCaught(
          rest.filter(({ subject }) => subject === `mutant/${name}`),
          invariant,
        ),
    )
    expect(blind).toEqual([])
    expect([...results, ...rest].filter(({ verdict }) => verdict === "broken")).toEqual([])
  })

  it("there is one at least for every invariant", () => {
    const all = invariants.map(({ id }) => id)
    expect(all.filter((id) => !ids.includes(id))).toEqual([])
  })

  it("one that nothing catches is not as expected", async () => {
    const [first] = await play(
      ["no-guard-on-create"],
      scenarios.filter(({ id }) => id === "turn/text-turn"),
    )
    expect(first?.verdict).toBe("pass")
    expect(judgeMutants(first ? [first] : [], "one-active-response").map(({ asExpected }) => asExpected)).toEqual([
      false,
    ])
  })
})
