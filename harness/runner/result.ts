// What comes of a case: one row of results.json, and what is kept beside it for the failure page.
import type { Violation } from "../checks/invariant.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Grade, Scenario } from "../script/scenario.ts"
import type { Trace } from "../trace/trace.ts"

/** In order of priority: `broken` (our fault) outranks `fail`, and so on down to `pass`. */
export const verdicts = ["broken", "fail", "inconclusive", "unsupported", "not-installed", "pass"] as const
export type Verdict = (typeof verdicts)[number]

/** What one case came to, before the ledger is asked whether that was expected. */
export interface CaseResult {
  readonly scenario: string
  readonly title: string
  readonly grade: Grade
  readonly subject: string
  readonly version: string
  /** The file of an adapter that rtspec does not bring along, as the user named it. */
  readonly adapterFile?: string
  readonly transport: "memory" | "loopback" | "process"
  readonly seed: string
  /** Whose server it was; absent: openai. */
  readonly dialect?: DialectName
  readonly verdict: Verdict
  /** Of invariants (`invariant` is its id) and of the story's own expectations (`invariant` is "story"). */
  readonly violations: readonly Violation[]
  /** SHOULD steps that were not met, and violations of a `plausible` scenario without --strict. */
  readonly warnings: readonly Violation[]
  /** Why it is broken, inconclusive or unsupported, in one sentence; empty otherwise. */
  readonly because: string
  /** How often each invariant's `whenever` fired. */
  readonly triggered: Readonly<Record<string, number>>
  readonly transitions: readonly string[]
  /** The goals (checks/goals.ts) that the case reached. */
  readonly goals: readonly string[]
  readonly virtualMs: number
  readonly durationMs: number
  /** Kept for every verdict but pass. */
  readonly trace?: Trace
}

/** Of which case a result is. */
export interface CaseName extends Pick<CaseResult, "subject" | "version" | "transport" | "seed"> {
  readonly scenario: Pick<Scenario, "id" | "title" | "grade">
  readonly dialect?: DialectName | undefined
}

/** A result with what was found, and nothing where nothing was. */
export function makeResult(
  { scenario, dialect, ...named }: CaseName,
  found: Partial<CaseResult> & Pick<CaseResult, "verdict" | "because">,
): CaseResult {
  return {
    scenario: scenario.id,
    title: scenario.title,
    grade: scenario.grade,
    ...named,
    ...(dialect === undefined || dialect === "openai" ? {} : { dialect }),
    violations: [],
    warnings: [],
    triggered: {},
    transitions: [],
    goals: [],
    virtualMs: 0,
    durationMs: 0,
    ...found,
  }
}
