// Whether a release of a pair did in a case what the pair says of it. Only the pair's invariant counts: a release that is
// good for one bug may have others.
import type { CaseResult } from "./result.ts"

/** As in adapters/pairs.ts, the rows of which it is. */
export interface PairClaim {
  readonly subject: string
  readonly bad: readonly string[]
  readonly good: readonly string[]
  readonly scenario: string
  readonly invariant: string
}

/** What is wrong, in a sentence, or undefined: the bad release broke the invariant, or the good one kept it. A good one
 * that gave the invariant nothing to judge (one that never asks again delivers nothing twice) must have met the story. */
export function unlikeItsPair({ bad, invariant }: PairClaim, result: CaseResult): string | undefined {
  const { subject, version, scenario, verdict, because, violations, triggered } = result
  const name = `${subject}@${version}`
  if (verdict !== "pass" && verdict !== "fail")
    return `${name} gave no proof in ${scenario}: it is ${verdict} (${because}).`
  const broke = (id: string) => violations.some((violation) => violation.invariant === id)
  if (bad.includes(version)) return broke(invariant) ? undefined : `${name} must break ${invariant} in ${scenario}.`
  if (broke(invariant)) return `${name} must keep ${invariant} in ${scenario}.`
  if (!triggered[invariant] && broke("story"))
    return `${name} gave ${invariant} nothing to judge in ${scenario}, and did not do what the story asks.`
  return undefined
}

/** In sentences: how many releases of pairs were played and are as they must be, and which are not. Empty: none was played. */
export function howPairsWent(pairs: readonly PairClaim[], results: readonly CaseResult[]): string[] {
  const played = pairs.flatMap((pair) =>
    results
      .filter(({ subject, scenario }) => subject === pair.subject && scenario === pair.scenario)
      .filter(({ version, verdict }) => [...pair.bad, ...pair.good].includes(version) && verdict !== "not-installed")
      .map((result) => unlikeItsPair(pair, result)),
  )
  const wrong = played.filter((sentence) => sentence !== undefined)
  const right = `releases of pairs that are as they must be: ${played.length - wrong.length} of ${played.length}`
  return played.length === 0 ? [] : [right, ...wrong]
}
