// The ledger: a subject's committed expected failures, each with its reason. It says which failures are news; a line that
// is no longer true is news, too.
import { existsSync, readFileSync } from "node:fs"
import { z } from "zod"
import type { Violation } from "../checks/invariant.ts"
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
  /** The ledger expects a failure, by this invariant if it names one, that did not come: remove this line. */
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

/** Throws UsageFault for a line that names a version that there is not, or that matches no case that could be played. */
export function judgeByLedger(
  results: readonly CaseResult[],
  { lines, file }: Ledger,
  versions: readonly string[],
): Judged[] {
  for (const entry of lines) {
    const stranger = [entry.version ?? []].flat().find((named) => !versions.includes(named))
    if (stranger !== undefined)
      throw new UsageFault(
        `the ledger ${file} names version ${stranger} for ${entry.scenario}, which is no version of this subject (${versions.join(", ")}); remove the line.`,
      )
    const cases = results.filter((result) => isFor(entry, result))
    if (cases.length > 0 && cases.every(({ verdict }) => verdict === "unsupported"))
      throw new UsageFault(
        `the ledger ${file} expects a failure of ${entry.scenario}, which this subject does not play (${cases[0]?.because}); remove the line.`,
      )
  }
  return results.map((result) =>
    judgeOne(
      result,
      lines.filter((entry) => isFor(entry, result)),
    ),
  )
}

/** The reference client must pass everything; another may lack a capability, or never give a story its occasion. */
const canBeWithoutVerdict = ({ subject }: CaseResult) => !subject.startsWith("reference")

/** Whether the failure is one that the line speaks of. */
const speaksOf = (line: LedgerLine, { invariant }: Violation) =>
  line.invariant === undefined || line.invariant === invariant

function judgeOne(result: CaseResult, lines: readonly LedgerLine[]): Judged {
  const { verdict, violations } = result
  if (verdict === "fail") {
    const isNews = violations.some((violation) => !lines.some((entry) => speaksOf(entry, violation)))
    if (isNews || lines.length === 0) return { result, asExpected: false }
  }
  const stale = lines.find((entry) => !violations.some((violation) => speaksOf(entry, violation)))
  if (stale && (verdict === "fail" || verdict === "pass")) return { result, asExpected: false, staleLine: stale }
  if (verdict === "fail") return { result, asExpected: true, reason: reasonsOf(lines) }
  return { result, asExpected: verdict === "pass" || (canBeWithoutVerdict(result) && verdict !== "broken") }
}

const reasonsOf = (lines: readonly LedgerLine[]) => [...new Set(lines.map(({ reason }) => reason))].join(" ")
