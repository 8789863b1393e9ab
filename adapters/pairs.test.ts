// Each pair: the release with the bug breaks the invariant, the release without it keeps it. Only the invariant is compared:
// both may have other bugs. What is not installed is skipped, and its name says so.
import { describe, expect, it } from "vitest"
import { invariants } from "../harness/checks/all.ts"
import { unlikeItsPair } from "../harness/runner/pairs.ts"
import { runSuite } from "../harness/runner/suite.ts"
import { scenarios } from "../scenarios/index.ts"
import { subjects } from "./index.ts"
import { type Pair, pairs } from "./pairs.ts"

const entryOf = (name: string, version: string) =>
  subjects.find((subject) => subject.name === name && subject.version === version)

const releases = pairs.flatMap((pair) => [
  ...pair.bad.map((version) => ({ pair, version, does: "breaks" as const })),
  ...pair.good.map((version) => ({ pair, version, does: "keeps" as const })),
])

/** The result of the pair's scenario with this release. */
async function resultOf({ subject, scenario }: Pair, version: string) {
  const entry = entryOf(subject, version)
  const story = scenarios.find(({ id }) => id === scenario)
  if (!entry || !story) throw new Error(`there is no ${subject}@${version}, or no scenario ${scenario}`)
  const { name, protocol } = entry
  const [result] = await runSuite({
    subjects: [{ name, version, protocol, installed: true }],
    scenarios: [story],
    transport: "memory",
    seed: "1",
    strict: false,
    jobs: 1,
  })
  if (!result) throw new Error(`the scenario ${scenario} is not of the protocol of ${subject}`)
  return result
}

describe("pairs", () => {
  it.each(pairs)("$subject, $scenario: is of releases, a scenario and an invariant that there are", (pair) => {
    expect(pair.bad.length).toBeGreaterThan(0)
    expect([...pair.bad, ...pair.good].filter((version) => !entryOf(pair.subject, version))).toEqual([])
    expect(scenarios.map(({ id }) => id)).toContain(pair.scenario)
    expect(["story", ...invariants.map(({ id }) => id)]).toContain(pair.invariant)
  })

  for (const { pair, version, does } of releases) {
    const { subject, scenario, invariant } = pair
    const isInstalled = entryOf(subject, version)?.installed() ?? false
    const name = `${subject}@${version} ${does} ${invariant} in ${scenario}`
    it.skipIf(!isInstalled)(isInstalled ? name : `${name} (not installed)`, async () => {
      expect(unlikeItsPair(pair, await resultOf(pair, version))).toBeUndefined()
    })
  }
})
