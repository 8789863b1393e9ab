// results.json: what a run came to, for machines. The schema is published; its version is in it.
import { z } from "zod"
import { dialectNames } from "../protocol/realtime/dialects.ts"
import type { Judged } from "../runner/ledger.ts"
import { verdicts } from "../runner/result.ts"
import { grades } from "../script/scenario.ts"
import { replayCommand } from "./failure.ts"

export const schemaVersion = 1

export const resultRow = z.strictObject({
  scenario: z.string(),
  subject: z.string(),
  version: z.string(),
  verdict: z.enum(verdicts),
  grade: z.enum(grades),
  /** It came out as the ledger says it should. */
  expected: z.boolean(),
  /** Broken invariants; "story" is the scenario's own expectations. */
  invariants: z.array(z.string()),
  because: z.string(),
  seed: z.string(),
  /** The command that plays the case again. */
  repro: z.string(),
  /** Real time that the case took. */
  durationMs: z.number(),
  /** Virtual time that passed in it. */
  virtualMs: z.number(),
})

export const resultsFile = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  run: z.strictObject({
    rtspec: z.string(),
    node: z.string(),
    seed: z.string(),
    transport: z.string(),
    /** Whose server the scripted one was. */
    dialect: z.enum(dialectNames),
    /** The package and version that the event inventory was extracted from. */
    inventory: z.string(),
    strict: z.boolean(),
  }),
  /** passed: came out as expected, cases that could not run included; failed: did not. */
  totals: z.strictObject({ cases: z.number(), passed: z.number(), failed: z.number() }),
  /** Transitions of the protocol's state machines that the run took, of all that there are. */
  transitions: z.strictObject({
    reached: z.number(),
    possible: z.number(),
    /** `because`: why no scenario takes it; empty where nobody has said. */
    unreached: z.array(z.strictObject({ id: z.string(), because: z.string() })),
  }),
  /** Situations that some case of a full run must bring about (checks/goals.ts). */
  goals: z.strictObject({ reached: z.array(z.string()), unreached: z.array(z.string()) }),
  rows: z.array(resultRow),
})
export type ResultsFile = z.infer<typeof resultsFile>

/** What there is to reach. */
export interface Coverable {
  /** `because`: why it may stay unreached, if it may. */
  readonly transitions: readonly { readonly id: string; readonly because: string }[]
  readonly goals: readonly string[]
}

export function makeResults(
  judged: readonly Judged[],
  run: ResultsFile["run"],
  { transitions, goals }: Coverable,
): ResultsFile {
  const taken = new Set(judged.flatMap(({ result }) => result.transitions))
  const reached = new Set(judged.flatMap(({ result }) => result.goals))
  const failed = judged.filter(({ asExpected }) => !asExpected).length
  return {
    schemaVersion,
    run,
    totals: { cases: judged.length, passed: judged.length - failed, failed },
    transitions: {
      reached: transitions.filter(({ id }) => taken.has(id)).length,
      possible: transitions.length,
      unreached: transitions.filter(({ id }) => !taken.has(id)),
    },
    goals: { reached: goals.filter((id) => reached.has(id)), unreached: goals.filter((id) => !reached.has(id)) },
    rows: judged.map(({ result, asExpected }) => ({
      scenario: result.scenario,
      subject: result.subject,
      version: result.version,
      verdict: result.verdict,
      grade: result.grade,
      expected: asExpected,
      invariants: [...new Set(result.violations.map(({ invariant }) => invariant))],
      because: result.because,
      seed: result.seed,
      repro: replayCommand(result),
      durationMs: Math.round(result.durationMs * 1000) / 1000,
      virtualMs: result.virtualMs,
    })),
  }
}
