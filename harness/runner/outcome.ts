// What one case came to, in short: what a fuzzer has to know of the many that pass.

import type { Violation } from "../checks/invariant.ts"
import { featuresOf } from "../checks/novelty.ts"
import type { Trace } from "../trace/trace.ts"
import type { CaseResult } from "./result.ts"

export interface Outcome {
  readonly verdict: CaseResult["verdict"]
  readonly because: string
  readonly violations: readonly Violation[]
  /** What the trace shows (checks/novelty.ts) and, where asked for, which code has run (coverage.ts), as numbers. */
  readonly features: readonly number[]
  readonly transitions: readonly string[]
  readonly goals: readonly string[]
  /** Of a case that failed. */
  readonly trace?: Trace
}

/** Needs the trace. `seen` grows: what it has held before is left out. */
export function inShort(result: CaseResult, seen: Set<number | string>, blocks: readonly number[] = []): Outcome {
  const { verdict, because, violations, trace, transitions, goals } = result
  const fresh = <T extends number | string>(...found: Iterable<T>[]): T[] => {
    const news: T[] = []
    for (const some of found)
      for (const each of some) {
        if (seen.has(each)) continue
        seen.add(each)
        news.push(each)
      }
    return news
  }
  return {
    ...{ verdict, because, violations },
    features: fresh(trace ? featuresOf(trace) : [], blocks),
    transitions: fresh(transitions),
    goals: fresh(goals),
    ...(trace && (verdict === "fail" || verdict === "broken") ? { trace } : {}),
  }
}

/** What loops in turns of the event loop lets the case end and goes on in the next: another process must play that. */
export const isBusyForEver = ({ trace }: CaseResult): boolean =>
  trace?.entries.some((entry) => entry.lane === "app" && entry.kind === "crash" && entry.how === "endless-loop") ??
  false
