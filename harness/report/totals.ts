// How many cases of a run came out as they should, and in which words that is said.
import type { Verdict } from "../runner/result.ts"
import type { ResultsFile } from "./results.ts"

type Totals = ResultsFile["totals"]

/** A client that is not there has neither passed nor failed. */
export function totalsOf(rows: readonly { readonly expected: boolean; readonly verdict: Verdict }[]): Totals {
  const failed = rows.filter(({ expected }) => !expected).length
  const notPlayed = rows.filter(({ expected, verdict }) => expected && verdict === "not-installed").length
  return { cases: rows.length, passed: rows.length - failed - notPlayed, failed, notPlayed }
}

export const totalsInWords = ({ passed, failed, notPlayed }: Totals): string =>
  `${passed} as expected, ${failed} not${notPlayed > 0 ? `, ${notPlayed} not installed` : ""}`
