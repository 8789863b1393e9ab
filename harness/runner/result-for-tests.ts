// A result to build others from, for tests.
import type { Violation } from "../checks/invariant.ts"
import type { CaseResult } from "./result.ts"

export const violationOf = (invariant: string, more: Partial<Violation> = {}): Violation => ({
  ...{ invariant, message: `${invariant} was broken.`, cause: 0, offence: 0, ...more },
})

export const resultWith = (more: Partial<CaseResult> = {}): CaseResult => ({
  ...{ scenario: "turn/one", title: "The client answers once", grade: "documented", subject: "fake", version: "1" },
  ...{ transport: "memory", seed: "7", verdict: "pass", violations: [], warnings: [], because: "", triggered: {} },
  ...{ transitions: [], goals: [], virtualMs: 40, durationMs: 1.23456, ...more },
})

/** A result that fails by these invariants. */
export const failureBy = (invariants: readonly string[], more: Partial<CaseResult> = {}): CaseResult =>
  resultWith({ verdict: "fail", violations: invariants.map((id) => violationOf(id)), ...more })
