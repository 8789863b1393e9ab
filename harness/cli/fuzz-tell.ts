// A failure that was just found: kept in its folder, and told on its page. One that did not come again: kept, and told in a sentence.
import { invariants } from "../checks/all.ts"
import type { Failure, Flaky } from "../fuzz/examine.ts"
import { keepFailure, keepFlaky } from "../fuzz/keep.ts"
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

/** Gives the sentence. */
export function keepFlakyAndTell(flaky: Flaky, seed: string): string {
  const { invariant, foundAt, traces, result } = flaky
  const [first = "", again = ""] = traces.map((trace) => (trace ? traceText(trace) : ""))
  const folder = keepFlaky(reproOf(flaky, seed), [first, again])
  const name = `${result.subject}@${result.version}`
  return `${name}: case ${foundAt} broke ${invariant}, and not when it was played again; both traces lie in ${folder}.`
}
