// `rtspec fuzz --against`: the same stories to two subjects, and what one lives through and the other does not.
import { availableParallelism } from "node:os"
import { invariants } from "../checks/all.ts"
import { type Difference, differ } from "../fuzz/differ.ts"
import { caseSeed } from "../fuzz/fuzz.ts"
import { openPool } from "../fuzz/pool.ts"
import { tellStep } from "../fuzz/words.ts"
import { UsageFault } from "../runner/faults.ts"
import type { FuzzCommand } from "./fuzz.ts"
import { type Target, targetsOf } from "./fuzz-targets.ts"

const interrupts = ["SIGINT", "SIGTERM"] as const

/** Gives the exit code: 0 they differ in nothing, 1 in something, 130 interrupted. */
export async function fuzzAgainst(command: FuzzCommand, against: string, seed: string): Promise<number> {
  const two = [onlyOne(command.subject ?? ["reference"], "--subject"), onlyOne([against], "--against")] as const
  const names = two.map(({ subject }) => `${subject.name}@${subject.version}`)
  const abort = new AbortController()
  const onInterrupt = () => abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  const deadline = command.for === undefined ? Number.POSITIVE_INFINITY : Date.now() + command.for
  const jobs = Math.max(1, Math.floor((command.jobs ?? availableParallelism()) / 2))
  const how = { transport: "memory", seed: caseSeed, strict: false, signal: abort.signal } as const
  const pools = [openPool(two[0].subject, jobs, how), openPool(two[1].subject, jobs, how)] as const
  const differed = await differ({
    ...{ pools, seed, oracle: command.faults },
    cases: command.cases ?? (command.for === undefined ? 2_000 : Number.POSITIVE_INFINITY),
    isOver: () => abort.signal.aborted || Date.now() >= deadline,
    onDifference: (found) => console.log(pageOf(found, names)),
    onProgress: () => {},
  })
  for (const pool of pools) pool.stop()
  for (const signal of interrupts) process.off(signal, onInterrupt)
  if (typeof differed === "string") throw new UsageFault(`${names.join(" and ")} cannot be compared: ${differed}.`)
  const { cases, counts, bothPassed, bothFailed } = differed
  for (const [bucket, count] of counts) {
    const [at = "0", invariant = ""] = bucket.split(" ")
    console.log(`✗ ${names[Number(at)]} fails by ${invariant} where the other passes: ${count} cases`)
  }
  console.log(
    `${cases} stories told to ${names.join(" and ")}: ${bothPassed} passed by both, ${bothFailed} failed by both`,
  )
  if (abort.signal.aborted) return 130
  return counts.size > 0 ? 1 : 0
}

function onlyOne(globs: readonly string[], option: string): Target {
  const found = targetsOf(globs).filter(({ isCanary }) => !isCanary)
  const [only] = found
  if (only && found.length === 1) return only
  const names = found.map(({ subject }) => `${subject.name}@${subject.version}`)
  throw new UsageFault(`${option} with --against takes one subject, as name@version; these are ${names.join(", ")}.`)
}

function pageOf({ fails, invariant, tale, foundAt }: Difference, names: readonly string[]): string {
  const title = invariants.find(({ id }) => id === invariant)?.title ?? ""
  const { faults } = tale
  return [
    "",
    `✗ case ${foundAt}: ${names[fails]} fails, ${names[1 - fails]} passes`,
    `  ${invariant}: ${title}`,
    "  The story:",
    ...faults.map(
      ({ fault, at, by }) => `    given ${fault}${by === undefined ? "" : ` ${by}`} at ${at.type} number ${at.nth}`,
    ),
    ...tale.beats.map(({ step }) => `    ${tellStep(step)},`),
    "",
  ].join("\n")
}
