// What a violation says without the names in it: failures that say the same are, as a rule, of one kind.
import type { Violation } from "../checks/invariant.ts"

/** Without names, ids and numbers: two bugs that break one invariant rarely say the same. */
export const wordingOf = ({ message }: Pick<Violation, "message">): string =>
  message
    .replace(/; since then it sent .*/, "")
    .replace(/"[^"]*"/g, "…")
    .replace(/\b\w*_[\w-]+/g, "…")
    .replace(/\d[\d,.]*/g, "0")
