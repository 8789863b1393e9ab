// Makes results.json of what a run came to.
import type { Invariant } from "../checks/invariant.ts"
import type { Judged, LedgerLine } from "../runner/ledger.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Situation } from "../script/situations.ts"
import { replayCommand } from "./failure.ts"
import { type Place, type ResultRow, type ResultsFile, schemaVersion } from "./results.ts"
import { totalsOf } from "./totals.ts"
import { traceName, traceText } from "./trace-file.ts"

/** What there is to reach. */
export interface Coverable {
  /** `because`: why it may stay unreached, if it may. */
  readonly transitions: readonly { readonly id: string; readonly because: string }[]
  readonly goals: readonly string[]
}

/** What cases and invariants stand for. Scenarios without a row are left out. */
export interface Catalogue {
  readonly scenarios: readonly Scenario[]
  readonly situations: readonly Situation[]
  readonly invariants: readonly Pick<Invariant, "id" | "title" | "why">[]
}

export interface ResultsInput {
  readonly judged: readonly Judged[]
  readonly run: ResultsFile["run"]
  readonly coverable: Coverable
  readonly catalogue: Catalogue
  /** Keep the traces of cases that passed, where there are any. */
  readonly allTraces?: boolean
  /** Where to look, for a case that did not come out as expected. */
  readonly placeOf?: (judged: Judged) => Place | undefined
}

const failing: readonly string[] = ["fail", "broken"] satisfies readonly CaseResult["verdict"][]

/** The trace's file, where it is kept: of failures always, of others on request. */
const traceOf = (result: CaseResult, allTraces: boolean): { trace?: string } =>
  result.trace && (allTraces || failing.includes(result.verdict))
    ? { trace: traceName(result, traceText(result.trace)) }
    : {}

export function makeResults(input: ResultsInput): ResultsFile {
  const { judged, run, catalogue, coverable } = input
  const stories = new Map(catalogue.scenarios.map((story) => [story.id, story]))
  const played = [...new Set(judged.map(({ result }) => result.scenario))].flatMap((id) => stories.get(id) ?? [])
  return {
    schemaVersion,
    run,
    totals: totalsOf(judged.map(({ result: { verdict }, asExpected: expected }) => ({ verdict, expected }))),
    ...coverage(judged, coverable),
    scenarios: played.map((story) => requirement(story, catalogue)),
    invariants: catalogue.invariants.map(({ id, title, why }) => ({ id, title, why })),
    rows: judged.map((each) => row(each, input)),
  }
}

function coverage(
  judged: readonly Judged[],
  { transitions, goals }: Coverable,
): Pick<ResultsFile, "transitions" | "goals"> {
  const taken = new Set(judged.flatMap(({ result }) => result.transitions))
  const reached = new Set(judged.flatMap(({ result }) => result.goals))
  const known = [...transitions].sort((one, other) => (one.id < other.id ? -1 : 1))
  const wanted = [...goals].sort()
  return {
    transitions: {
      reached: known.map(({ id }) => id).filter((id) => taken.has(id)),
      unreached: known.filter(({ id }) => !taken.has(id)),
    },
    goals: { reached: wanted.filter((id) => reached.has(id)), unreached: wanted.filter((id) => !reached.has(id)) },
  }
}

function requirement(story: Scenario, { situations }: Catalogue): ResultsFile["scenarios"][number] {
  const { id, title, grade, source, cites, needs, judgedBy } = story
  const cited = (story.situations ?? []).map((name) => ({
    id: name,
    sequence: situations.find((situation) => situation.id === name)?.sequence ?? "",
  }))
  return { id, title, grade, source, cites: [...cites], situations: cited, needs: [...needs], judgedBy: [...judgedBy] }
}

function plainLine({ scenario, version, invariant, reason }: LedgerLine): NonNullable<ResultRow["staleLine"]> {
  return {
    scenario,
    ...(version === undefined ? {} : { version: typeof version === "string" ? version : [...version] }),
    ...(invariant === undefined ? {} : { invariant }),
    reason,
  }
}

function row(judged: Judged, { run, placeOf, allTraces = false }: ResultsInput): ResultRow {
  const { result, asExpected, reason, staleLine } = judged
  const where = asExpected ? undefined : placeOf?.(judged)
  return {
    scenario: result.scenario,
    subject: result.subject,
    version: result.version,
    verdict: result.verdict,
    grade: result.grade,
    expected: asExpected,
    ...(reason === undefined ? {} : { reason }),
    ...(staleLine === undefined ? {} : { staleLine: plainLine(staleLine) }),
    ...(where === undefined ? {} : { place: where }),
    invariants: [...new Set(result.violations.map(({ invariant }) => invariant))],
    violations: result.violations.map((violation) => ({ ...violation })),
    warnings: result.warnings.map((violation) => ({ ...violation })),
    because: result.because,
    seed: result.seed,
    repro: replayCommand(result),
    ...(result.dialect === undefined || result.dialect === run.dialect ? {} : { dialect: result.dialect }),
    ...(result.transport === run.transport ? {} : { transport: result.transport }),
    ...(result.adapterFile === undefined ? {} : { adapterFile: result.adapterFile }),
    ...traceOf(result, allTraces),
    durationMs: Math.round(result.durationMs * 1000) / 1000,
    virtualMs: result.virtualMs,
  }
}
