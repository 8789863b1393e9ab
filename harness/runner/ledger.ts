// The ledger: a subject's committed expected failures, each with its reason. It says which failures are news; a line that
// is no longer true is news, too.
import { existsSync, readFileSync } from "node:fs"
import { z } from "zod"
import type { Violation } from "../checks/invariant.ts"
import { UsageFault } from "./faults.ts"
import { isRegression } from "./regression-id.ts"
import { isKept } from "./regressions.ts"
import type { CaseResult } from "./result.ts"
import { matchesGlob } from "./select.ts"

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)])

/** As a line is written. Naming several scenarios or invariants says it of each; a glob says it of those that come to it. */
const writtenLine = z.strictObject({
  scenario: oneOrMore,
  version: oneOrMore.optional(),
  invariant: oneOrMore.optional(),
  reason: z.string().min(10, "must be a sentence"),
  /** Ids of the kept repros (fixtures/regressions) that show it. */
  repro: oneOrMore.optional(),
  /** Why none can be kept. */
  noRepro: z.string().min(10, "must be a sentence").optional(),
})
export type WrittenLine = z.infer<typeof writtenLine>

/** A line as it is judged: of one scenario or glob, and of one invariant or whatever fails. */
export interface LedgerLine {
  readonly scenario: string
  readonly version?: string | readonly string[] | undefined
  readonly invariant?: string
  readonly reason: string
  readonly repro?: string | readonly string[] | undefined
  readonly noRepro?: string | undefined
  /** The scenarios that the glob covers. Absent: `scenario` is the only one. */
  readonly covers?: ReadonlySet<string>
}

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

/**
 * Reads a ledger; a missing file is an empty one. `scenarioIds`: those of the subject's protocol. Throws UsageFault with one
 * sentence for what cannot be read.
 */
export function readLedger(file: string, scenarioIds: ReadonlySet<string>, invariantIds: ReadonlySet<string>): Ledger {
  if (!existsSync(file)) return { file, lines: [] }
  let data: unknown
  try {
    data = JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new UsageFault(`the ledger ${file} is not JSON (${error instanceof Error ? error.message : error}); mend it.`)
  }
  const parsed = z.array(writtenLine).safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UsageFault(`the ledger ${file}: ${issue?.path.join(".") || "it"}: ${issue?.message}; mend that line.`)
  }
  const lines = parsed.data.flatMap((written) => spread(written, scenarioIds))
  for (const entry of lines) {
    const wrong = wrongWith(entry, scenarioIds, invariantIds)
    if (wrong !== undefined) throw new UsageFault(`the ledger ${file} ${wrong}`)
  }
  return { file, lines }
}

/** One line for each scenario or glob, and each invariant, that it names. */
function spread({ scenario, invariant, ...rest }: WrittenLine, scenarioIds: ReadonlySet<string>): LedgerLine[] {
  const invariants = invariant === undefined ? [{}] : [invariant].flat().map((id) => ({ invariant: id }))
  return [scenario].flat().flatMap((name) => {
    const covers = name.includes("*")
      ? { covers: new Set([...scenarioIds].filter((id) => matchesGlob(name, id))) }
      : undefined
    return invariants.map((each) => ({ ...rest, ...each, ...covers, scenario: name }))
  })
}

/** Each scenario has a story of its own, so a glob must name what they break in common. */
function wrongWith(
  { scenario, invariant, covers }: LedgerLine,
  scenarioIds: ReadonlySet<string>,
  invariantIds: ReadonlySet<string>,
): string | undefined {
  if (covers ? covers.size === 0 : !scenarioIds.has(scenario) && !isKept(scenario))
    return `names the scenario "${scenario}", which does not exist; remove or rename the line.`
  if (invariant !== undefined && invariant !== "story" && !invariantIds.has(invariant))
    return `names the invariant "${invariant}", which does not exist; remove or rename it.`
  if (covers && (invariant === undefined || invariant === "story"))
    return `names no invariant for "${scenario}"; say which one all these scenarios break, or name each scenario.`
  return undefined
}

/** Whether the line speaks of the case's scenario and version. */
export const isFor = ({ scenario, version, covers }: LedgerLine, result: CaseResult) =>
  (covers?.has(result.scenario) ?? scenario === result.scenario) &&
  (version === undefined || [version].flat().includes(result.version))

/**
 * A case is as expected when each of its violations has a line. A line of one scenario must be true of every case of it; a
 * glob must be true of some case of each version, which can be said only where all that it covers was played.
 *
 * Throws UsageFault for a line that names a version that there is not, or that matches no case that could be played.
 */
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
    const isWhole = [entry.version ?? versions].flat().every((version) => isPlayed(entry, version, cases))
    if (isWhole && cases.length > 0 && cases.every(({ verdict }) => verdict === "unsupported"))
      throw new UsageFault(
        `the ledger ${file} expects a failure of ${entry.scenario}, which this subject does not play (${cases[0]?.because}); remove the line.`,
      )
  }
  const staleGlobs = globsWithoutAFailure(results, lines)
  return results.map((result) =>
    judgeOne(
      result,
      lines.filter((entry) => isFor(entry, result)),
      staleGlobs.get(result),
    ),
  )
}

/** Whether there is a case of this version for all that the line covers. */
function isPlayed({ covers, scenario }: LedgerLine, version: string, cases: readonly CaseResult[]): boolean {
  const played = new Set(cases.filter((each) => each.version === version).map((each) => each.scenario))
  return covers ? [...covers].every((id) => played.has(id)) : played.has(scenario)
}

/** Globs that are no longer true of a version, each under the first case that it covers there and that has a verdict. */
function globsWithoutAFailure(results: readonly CaseResult[], lines: readonly LedgerLine[]) {
  const found = new Map<CaseResult, LedgerLine>()
  for (const entry of lines.filter(({ covers }) => covers)) {
    const cases = results.filter((result) => isFor(entry, result))
    for (const version of new Set(cases.map((each) => each.version))) {
      if (!isPlayed(entry, version, cases)) continue
      const judged = cases.filter((each) => each.version === version && hasVerdict(each))
      if (judged[0] && !judged.some(({ violations }) => violations.some((violation) => speaksOf(entry, violation))))
        found.set(judged[0], entry)
    }
  }
  return found
}

const hasVerdict = ({ verdict }: CaseResult) => verdict === "pass" || verdict === "fail"

/** Whether a line can be true of it no more. Another scenario may never get its occasion; a repro was kept because it did. */
const refutes = (result: CaseResult) =>
  hasVerdict(result) || (result.verdict === "inconclusive" && isRegression(result.scenario))

/** The reference client must pass everything; another may lack a capability, or never give a story its occasion. So may the
 * reference client in a repro that was found on another. */
const canBeWithoutVerdict = ({ subject, scenario }: CaseResult) =>
  !subject.startsWith("reference") || isRegression(scenario)

/** Whether the failure is one that the line speaks of. */
export const speaksOf = (line: LedgerLine, { invariant }: Violation) =>
  line.invariant === undefined || line.invariant === invariant

function judgeOne(result: CaseResult, lines: readonly LedgerLine[], staleGlob: LedgerLine | undefined): Judged {
  const { verdict, violations } = result
  const speaks = (entry: LedgerLine) => violations.some((violation) => speaksOf(entry, violation))
  if (verdict === "fail") {
    const isNews = violations.some((violation) => !lines.some((entry) => speaksOf(entry, violation)))
    if (isNews || lines.length === 0) return { result, asExpected: false }
  }
  const stale = lines.find((entry) => !entry.covers && !speaks(entry)) ?? staleGlob
  if (stale && refutes(result)) return { result, asExpected: false, staleLine: stale }
  if (verdict === "fail") return { result, asExpected: true, reason: reasonsOf(lines.filter(speaks)) }
  return { result, asExpected: verdict === "pass" || (canBeWithoutVerdict(result) && verdict !== "broken") }
}

const reasonsOf = (lines: readonly LedgerLine[]) => [...new Set(lines.map(({ reason }) => reason))].join(" ")
