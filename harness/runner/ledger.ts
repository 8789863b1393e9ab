// The ledger: a subject's committed expected failures, each with its reason. It says which failures are news; a line that
// is no longer true is news, too.
import { existsSync, readFileSync } from "node:fs"
import { z } from "zod"
import { UsageFault } from "./faults.ts"
import type { CaseResult } from "./result.ts"

const line = z.strictObject({
  scenario: z.string(),
  version: z.union([z.string(), z.array(z.string())]).optional(),
  invariant: z.string().optional(),
  reason: z.string().min(10, "must be a sentence"),
})
export type LedgerLine = z.infer<typeof line>

export interface Ledger {
  readonly file: string
  readonly lines: readonly LedgerLine[]
}

/** A result with what the ledger makes of it. */
export interface Judged {
  readonly result: CaseResult
  /** Whether it came out as it should: passed or could not run, or failed as the ledger says. */
  readonly asExpected: boolean
  /** The ledger's reason, where it expects a failure. */
  readonly reason?: string
  /** The ledger expects a failure that did not come: remove this line. */
  readonly staleLine?: LedgerLine
}

/** Reads a ledger; a missing file is an empty one. Throws UsageFault with one sentence for what cannot be read. */
export function readLedger(file: string, scenarioIds: ReadonlySet<string>, invariantIds: ReadonlySet<string>): Ledger {
  if (!existsSync(file)) return { file, lines: [] }
  let data: unknown
  try {
    data = JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new UsageFault(`the ledger ${file} is not JSON (${error instanceof Error ? error.message : error}); mend it.`)
  }
  const parsed = z.array(line).safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UsageFault(`the ledger ${file}: ${issue?.path.join(".") || "it"}: ${issue?.message}; mend that line.`)
  }
  for (const { scenario, invariant } of parsed.data) {
    if (!scenarioIds.has(scenario))
      throw new UsageFault(
        `the ledger ${file} names the scenario "${scenario}", which does not exist; remove or rename the line.`,
      )
    if (invariant !== undefined && invariant !== "story" && !invariantIds.has(invariant))
      throw new UsageFault(
        `the ledger ${file} names the invariant "${invariant}", which does not exist; remove or rename it.`,
      )
  }
  return { file, lines: parsed.data }
}

const isFor = (entry: LedgerLine, { scenario, version }: CaseResult) =>
  entry.scenario === scenario && (entry.version === undefined || [entry.version].flat().includes(version))

/** Throws UsageFault when a line is for a version that was run and matches no case of it. */
export function judgeByLedger(
  results: readonly CaseResult[],
  { lines, file }: Ledger,
  versions: readonly string[],
): Judged[] {
  for (const { version, scenario } of lines)
    for (const named of version === undefined ? [] : [version].flat())
      if (!versions.includes(named))
        throw new UsageFault(
          `the ledger ${file} names version ${named} for ${scenario}, which is no version of this subject (${versions.join(", ")}); remove the line.`,
        )
  return results.map((result) =>
    judgeOne(
      result,
      lines.filter((entry) => isFor(entry, result)),
    ),
  )
}

/** The reference client must pass everything; another may lack a capability, or never give a story its occasion. */
const canBeWithoutVerdict = ({ subject }: CaseResult) => subject !== "reference"

function judgeOne(result: CaseResult, lines: readonly LedgerLine[]): Judged {
  const [first] = lines
  if (result.verdict === "fail") {
    const unexpected = result.violations.filter(
      ({ invariant }) => !lines.some((entry) => entry.invariant === undefined || entry.invariant === invariant),
    )
    if (unexpected.length > 0 || !first) return { result, asExpected: false }
    return { result, asExpected: true, reason: first.reason }
  }
  if (result.verdict === "pass" && first) return { result, asExpected: false, staleLine: first }
  return {
    result,
    asExpected: result.verdict === "pass" || (canBeWithoutVerdict(result) && result.verdict !== "broken"),
  }
}
