// Mutants are judged the other way round: one that no case catches by the invariant it names shows that rtspec is blind.
import type { Judged } from "./ledger.ts"
import type { CaseResult } from "./result.ts"

/** Whether the invariant that a mutant names has caught it. */
export function isCaught(results: readonly CaseResult[], caughtBy: string): boolean {
  return results.some(
    ({ verdict, violations }) => verdict === "fail" && violations.some(({ invariant }) => invariant === caughtBy),
  )
}

/** A mutant's failures are as expected; nothing of it may be broken, and one of its cases must fail. */
export function judgeMutants(results: readonly CaseResult[]): Judged[] {
  const isAnyCaught = results.some(({ verdict }) => verdict === "fail")
  return results.map((result) => ({
    result,
    asExpected: result.verdict !== "broken" && isAnyCaught,
    ...(result.verdict === "fail" ? { reason: "a planted bug" } : {}),
  }))
}
