// Puts a finished trace before a list of invariants.
import type { Trace } from "../trace/trace.ts"
import type { Invariant, Violation } from "./invariant.ts"

export interface Judgement {
  /** How often each applicable invariant's `whenever` fired. One that does not speak of the trace's protocol is left out. */
  readonly triggered: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
  /** Checkers that threw: our fault, so the verdict is broken and never fail. */
  readonly thrown: readonly { readonly invariant: string; readonly error: Error }[]
}

/** Never throws. Violations come in the order of `invariants`, then of their triggers. */
export function judge(trace: Trace, invariants: readonly Invariant[]): Judgement {
  const triggered: Record<string, number> = {}
  const violations: Violation[] = []
  const thrown: { invariant: string; error: Error }[] = []
  for (const invariant of invariants) {
    if (!invariant.protocols.includes(trace.header.protocol)) continue
    triggered[invariant.id] = 0
    try {
      const triggers = invariant.whenever(trace)
      triggered[invariant.id] = triggers.length
      for (const trigger of triggers) violations.push(...invariant.then(trigger, trace))
    } catch (error) {
      thrown.push({ invariant: invariant.id, error: error instanceof Error ? error : new Error(String(error)) })
    }
  }
  return { triggered, violations, thrown }
}
