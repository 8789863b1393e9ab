// How today's clients fare: the newest release of each, as the data that is committed (reports/clients.json).

import { z } from "zod"
import type { LedgerLine } from "../runner/ledger.ts"
import { verdicts } from "../runner/result.ts"
import { matchesGlob } from "../runner/select.ts"
import type { ResultRow } from "./results.ts"

const names = z.array(z.string())

export const standing = z.strictObject({
  client: z.string(),
  version: z.string(),
  /** From the project's root; absent: it has none. */
  ledger: z.string().optional(),
  /** By scenario: the verdict, or for a failure the invariants that were broken. */
  cases: z.record(z.string(), z.union([z.enum(verdicts), names])),
  /** Invariants that the ledger expects broken in every scenario there is. */
  everywhere: names,
  /** What the ledger says of the failures, each reason once. */
  reasons: z.array(z.strictObject({ reason: z.string(), invariants: names, scenarios: names })),
})
/** One client at its newest release. */
export type Standing = z.infer<typeof standing>
export const standings = z.array(standing)

export interface Client {
  readonly client: string
  readonly version: string
  readonly ledger?: string
  readonly lines: readonly LedgerLine[]
}

/** What the run's rows say of a client. */
export function standingOf({ client, version, ledger, lines }: Client, rows: readonly ResultRow[]): Standing {
  const own = rows.filter((row) => row.subject === client && row.version === version)
  const valid = lines.filter((line) => line.version === undefined || [line.version].flat().includes(version))
  const speaksOf = ({ scenario, invariant }: LedgerLine, row: ResultRow) =>
    row.verdict === "fail" &&
    matchesGlob(scenario, row.scenario) &&
    (invariant === undefined || row.invariants.includes(invariant))
  const reasons = [...new Set(valid.map(({ reason }) => reason))].map((reason) => {
    const said = valid.filter((line) => line.reason === reason)
    const spoken = own.flatMap((row) =>
      said.filter((line) => speaksOf(line, row)).map(({ invariant = row.invariants }) => ({ row, invariant })),
    )
    return {
      reason,
      invariants: unique(spoken.flatMap(({ invariant }) => invariant)),
      scenarios: unique(spoken.map(({ row }) => row.scenario)),
    }
  })
  return {
    client,
    version,
    ...(ledger === undefined ? {} : { ledger }),
    cases: Object.fromEntries(own.map((row) => [row.scenario, row.verdict === "fail" ? row.invariants : row.verdict])),
    everywhere: unique(valid.flatMap(({ scenario, invariant = [] }) => (scenario === "*" ? invariant : []))),
    reasons: reasons.filter(({ scenarios }) => scenarios.length > 0),
  }
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
