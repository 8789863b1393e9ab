// What a fuzzing run came to: a line for each subject, and the exit code.
import type { Failure } from "../fuzz/examine.ts"
import type { Fuzzed } from "../fuzz/fuzz.ts"
import { failuresFolder } from "../fuzz/keep.ts"
import { kindsOf } from "../fuzz/kinds.ts"
import { counted } from "./fuzz-progress.ts"
import { statisticsFile } from "./fuzz-statistics.ts"
import type { Target } from "./fuzz-targets.ts"

export interface Found {
  readonly target: Target
  /** A sentence where the subject cannot be used. */
  readonly fuzzed: Fuzzed | string
  readonly failures: readonly Failure[]
}

export interface Conclusion {
  readonly seed: string
  /** Ids of failures that were kept before. */
  readonly known: ReadonlySet<string>
  readonly flaky: readonly string[]
  readonly isInterrupted: boolean
  /** Everybody had the time that was asked for. */
  readonly isWhole: boolean
}

const exitInterrupted = 130

export const isCaught = ({ target, failures }: Found) => failures.some(({ invariant }) => invariant === target.caughtBy)

/** Gives the exit code: 0 nothing new (or every mutant found), 1 a new failure (or a mutant that was not found), 3 the harness
 * is blind or broke, 130 interrupted. */
export function conclude(found: readonly Found[], { seed, known, flaky, isInterrupted, isWhole }: Conclusion): number {
  for (const sentence of flaky) console.log(`flaky: ${sentence}`)
  for (const each of found) for (const line of [summaryOf(each, known), ...kindsIn(each)]) console.log(line)
  const mutants = found.filter(({ target }) => target.caughtBy !== undefined && !target.isCanary)
  const missed = found.filter((each) => each.target.caughtBy !== undefined && !isCaught(each))
  if (mutants.length > 1) console.log(`${mutants.filter(isCaught).length} of ${mutants.length} mutants found`)
  console.log(`seed ${seed}; kept failures lie in ${failuresFolder}`)
  console.log(`numbers for a report: rtspec report DIR --fuzz ${statisticsFile}`)
  if (isInterrupted) return exitInterrupted
  if (missed.some(({ target }) => target.isCanary) && isWhole) {
    console.error("rtspec: the mutant that is fuzzed along was not found, so that nothing was found says nothing.")
    return 3
  }
  const isBroken = ({ failures }: Found) => failures.some(({ invariant }) => invariant.startsWith("broken"))
  if (found.some((each) => typeof each.fuzzed === "string" || isBroken(each))) return 3
  const isNew = ({ target, failures }: Found) =>
    target.caughtBy === undefined && failures.some(({ id }) => !known.has(id))
  return missed.some(({ target }) => !target.isCanary) || found.some(isNew) ? 1 : 0
}

function summaryOf(found: Found, known: ReadonlySet<string>): string {
  const { target, fuzzed, failures } = found
  const who = `${target.subject.name} ${target.subject.version}`
  if (typeof fuzzed === "string") return `! ${who}: ${fuzzed}`
  const { cases, transitions, goals } = fuzzed.progress
  if (cases === 0)
    return `○ ${who}: not played${target.caughtBy === undefined ? "" : ", so NOT found"}; give it more time`
  const isWell = target.caughtBy === undefined ? failures.length === 0 : isCaught(found)
  return `${isWell ? "●" : "✗"} ${who}: ${verdictOf(found, known)}; ${cases} cases, ${transitions.size} transitions, ${goals.size} goals`
}

/** Where several failures say the same: what they say, how many they are, and the least of them. */
function kindsIn({ target, failures }: Found): string[] {
  if (target.caughtBy !== undefined) return []
  const kinds = kindsOf(failures)
  if (kinds.length === failures.length) return []
  const lines = kinds.flatMap(({ invariant, message, ids, least }) => [
    `  ${String(ids.length).padStart(4)} × ${invariant}: ${message}`,
    `         the least: ${least}`,
  ])
  return [`  They say ${counted(kinds.length, "thing")}:`, ...lines]
}

function verdictOf({ target, failures }: Found, known: ReadonlySet<string>): string {
  const { caughtBy } = target
  if (caughtBy === undefined)
    return `${counted(failures.length, "failure")}, ${failures.filter(({ id }) => !known.has(id)).length} new`
  const caught = failures.find(({ invariant }) => invariant === caughtBy)
  return caught
    ? `found by ${caughtBy} in case ${caught.foundAt}, ${caught.tale.beats.length} steps`
    : `NOT found by ${caughtBy}`
}
