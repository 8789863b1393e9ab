// The bugs that a ledger knows of: each of its reasons, for each invariant that is broken by it, with the scenario that
// shows it best.

import { isFor, type LedgerLine, speaksOf } from "../runner/ledger.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import { isDeviation } from "./routine.ts"

export interface Bug {
  readonly reason: string
  readonly invariant: string
  readonly scenario: Scenario
}

interface Seen {
  readonly reason: string
  readonly invariant: string
  readonly result: CaseResult
}

/** In the ledger's order. `results`: of one subject. A scenario that but one reason speaks of goes before others, then one in
 * which little goes wrong, then one that needs little, then a short one. */
export function bugsIn(
  results: readonly CaseResult[],
  lines: readonly LedgerLine[],
  scenarios: readonly Scenario[],
): Bug[] {
  const seen = lines.flatMap((line) => seenBy(line, results))
  const reasonsFor = ({ invariant, result }: Seen) =>
    new Set(seen.filter((each) => each.invariant === invariant && each.result === result).map(({ reason }) => reason))
  const bugs = new Map<string, Bug & { readonly rank: number }>()
  for (const each of seen) {
    const scenario = scenarios.find(({ id }) => id === each.result.scenario)
    if (!scenario) continue
    const key = `${each.reason}\n${each.invariant}`
    const { story, needs, faults = [] } = scenario
    const deviations = story.filter(isDeviation).length + faults.length
    const rank = [reasonsFor(each).size, deviations, needs.length, story.length].reduce((sum, part) => sum * 100 + part)
    const before = bugs.get(key)
    // A key that is set again keeps its place.
    if (!before || rank < before.rank) bugs.set(key, { reason: each.reason, invariant: each.invariant, scenario, rank })
  }
  return [...bugs.values()].map(({ reason, invariant, scenario }) => ({ reason, invariant, scenario }))
}

const seenBy = (line: LedgerLine, results: readonly CaseResult[]): Seen[] =>
  results
    .filter((result) => result.verdict === "fail" && isFor(line, result))
    .flatMap((result) => {
      const broken = result.violations.filter((each) => speaksOf(line, each)).map(({ invariant }) => invariant)
      return [...new Set(broken)].map((invariant) => ({ reason: line.reason, invariant, result }))
    })
