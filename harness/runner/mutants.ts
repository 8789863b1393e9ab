// Mutants are judged the other way round: one that no case catches by the invariant it names shows that rtspec is blind.
import type { Judged } from "./ledger.ts"
import type { CaseResult } from "./result.ts"

/** Whether the invariant that a mutant names has caught it. That the server's behaviour is only plausible is a matter of
 * fairness, which is not owed to a planted bug: what would be broken under --strict counts. */
export function isCaught(results: readonly CaseResult[], caughtBy: string): boolean {
  return results.some(
    ({ verdict, violations, warnings }) =>
      (verdict === "fail" || verdict === "inconclusive") &&
      [...violations, ...warnings].some(({ invariant }) => invariant === caughtBy),
  )
}

/** A mutant's failures are as expected; nothing of it may be broken, and the invariant that it names must have caught it. */
export function judgeMutants(results: readonly CaseResult[], caughtBy: string): Judged[] {
  const caught = isCaught(results, caughtBy)
  return results.map((result) => ({
    result,
    asExpected: result.verdict !== "broken" && caught,
    ...(result.verdict === "fail" ? { reason: "a planted bug" } : {}),
  }))
}
