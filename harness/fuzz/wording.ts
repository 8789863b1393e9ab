// What is said of a failure, without the names in it: failures that say the same are, as a rule, of one kind.
import type { Violation } from "../checks/invariant.ts"
import type { CaseResult } from "../runner/result.ts"

export interface Said {
  readonly invariant: string
  readonly wording: string
}

type Words = Pick<Violation, "invariant" | "message">

/** Without names, ids and numbers: two bugs that break one invariant rarely say the same. */
export const saidBy = ({ invariant, message }: Words): Said => ({
  invariant,
  wording: message
    .replace(/; since then it sent .*/, "")
    .replace(/"[^"]*"/g, "…")
    .replace(/\b\w*_[\w-]+/g, "…")
    .replace(/\d[\d,.]*/g, "0"),
})

/** Equal where the same is said. */
export const keyOf = ({ invariant, wording }: Said): string => `${invariant}\n${wording}`

/** Whether a case failed so, and in these words. */
export const says = ({ verdict, violations }: CaseResult, said: Said): boolean =>
  verdict === "fail" && violations.some((each) => keyOf(saidBy(each)) === keyOf(said))
