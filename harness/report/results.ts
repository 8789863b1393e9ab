// results.json: what a run came to, for machines, and all that a report is made of but the traces, which lie beside it. Its
// schema is published (schemas/results.schema.json); its version is in it.
import { z } from "zod"
import { dialectNames } from "../protocol/realtime/dialects.ts"
import { verdicts } from "../runner/result.ts"
import { grades } from "../script/scenario.ts"

export const schemaVersion = 2

/** A broken truth; `cause` and `offence` are entries of the trace. */
const finding = z.strictObject({
  invariant: z.string(),
  message: z.string(),
  cause: z.int(),
  offence: z.int(),
})

/** Where a person has to look: a path from the folder of the run, and a line from 1. */
export const place = z.strictObject({ file: z.string(), line: z.int().positive() })
export type Place = z.infer<typeof place>

export const resultRow = z.strictObject({
  scenario: z.string(),
  subject: z.string(),
  version: z.string(),
  verdict: z.enum(verdicts),
  grade: z.enum(grades),
  /** It came out as the ledger says it should. */
  expected: z.boolean(),
  /** The ledger's reason, where it expects a failure. */
  reason: z.string().optional(),
  /** The ledger's line for a failure that did not come: to be removed. */
  staleLine: z
    .strictObject({
      scenario: z.string(),
      version: z.union([z.string(), z.array(z.string())]).optional(),
      invariant: z.string().optional(),
      reason: z.string(),
    })
    .optional(),
  /** The ledger's line or the scenario, where the case did not come out as expected. */
  place: place.optional(),
  /** Broken invariants, each once; "story" is the scenario's own expectations. */
  invariants: z.array(z.string()),
  /** What was broken, in order. */
  violations: z.array(finding),
  /** What would be broken under --strict. */
  warnings: z.array(finding),
  because: z.string(),
  seed: z.string(),
  /** The command that plays the case again. */
  repro: z.string(),
  /** Whose server it was, where that is not the run's: the client's own. */
  dialect: z.enum(dialectNames).optional(),
  /** How it reached the server, where that is not the run's: a program in another language does by itself. */
  transport: z.enum(["memory", "loopback", "process"]).optional(),
  /** The file of an adapter that rtspec does not bring along, as the user named it. */
  adapterFile: z.string().optional(),
  /** The file of the trace, from the folder of the report; traces of cases that passed are kept on request alone. */
  trace: z.string().optional(),
  /** Real time that the case took. */
  durationMs: z.number(),
  /** Virtual time that passed in it. */
  virtualMs: z.number(),
})
export type ResultRow = z.infer<typeof resultRow>

/** What a scenario demands, and on what grounds. */
const requirement = z.strictObject({
  id: z.string(),
  title: z.string(),
  grade: z.enum(grades),
  source: z.string(),
  cites: z.array(z.string()),
  /** Situations of the protocol: who says what, in which order. */
  situations: z.array(z.strictObject({ id: z.string(), sequence: z.string() })),
  needs: z.array(z.string()),
  judgedBy: z.array(z.string()),
})

export const resultsFile = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  run: z.strictObject({
    rtspec: z.string(),
    node: z.string(),
    seed: z.string(),
    transport: z.string(),
    /** Whose server the scripted one was, but for clients that have one of their own. */
    dialect: z.enum(dialectNames),
    /** The package and version that the event inventory was extracted from. */
    inventory: z.string(),
    strict: z.boolean(),
    /** All scenarios, and the reference clients among the subjects: every goal and transition had to be reached. */
    full: z.boolean(),
    /** Absent: the whole run. */
    shard: z
      .strictObject({
        /** From 1. */
        index: z.int().positive(),
        of: z.int().positive(),
        /** Of all shards together. */
        casesInAll: z.int().nonnegative(),
        /** Which row of the whole run each row would be. */
        positions: z.array(z.int().nonnegative()),
      })
      .optional(),
  }),
  /** passed: came out as expected, cases that the client cannot play included; failed: did not; notPlayed: the client is
   * not installed. */
  totals: z.strictObject({ cases: z.int(), passed: z.int(), failed: z.int(), notPlayed: z.int() }),
  /** Transitions of the protocol's state machines, by name and in its order. */
  transitions: z.strictObject({
    reached: z.array(z.string()),
    /** `because`: why no scenario takes it; empty where nobody has said. */
    unreached: z.array(z.strictObject({ id: z.string(), because: z.string() })),
  }),
  /** Situations that some case of a full run must bring about (checks/goals.ts). */
  goals: z.strictObject({ reached: z.array(z.string()), unreached: z.array(z.string()) }),
  /** Of the scenarios that have rows. */
  scenarios: z.array(requirement),
  invariants: z.array(z.strictObject({ id: z.string(), title: z.string(), why: z.string() })),
  /** In the order subjects × scenarios. */
  rows: z.array(resultRow),
})
export type ResultsFile = z.infer<typeof resultsFile>
