// A failure that was just found: kept in its folder, and told on its page.
import { invariants } from "../checks/all.ts"
import type { Failure } from "../fuzz/examine.ts"
import { keepFailure } from "../fuzz/keep.ts"
import { reproOf } from "../fuzz/repro.ts"
import { fuzzPage } from "../report/fuzz-page.ts"
import { traceText } from "../report/trace-file.ts"

export function keepAndTell(failure: Failure, { seed, isKnown }: { seed: string; isKnown: boolean }): void {
  const titles = new Map(invariants.map(({ id, title }) => [id, title]))
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  const page = `${fuzzPage(failure, seed, { width, titles }).join("\n")}\n`
  const { trace } = failure.result
  keepFailure({ repro: reproOf(failure, seed), trace: trace ? traceText(trace) : "", page })
  if (isKnown) console.log(`known: ${failure.id}, found again by case ${failure.foundAt}`)
  else console.log(`\n${page}`)
}
