// `rtspec run`: select, run, ask the ledgers, report.
import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import pc from "picocolors"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { TRANSITIONS, transitionId } from "../protocol/realtime/transitions.ts"
import { writeReport } from "../report/folder.ts"
import { makeResults } from "../report/results.ts"
import { UsageFault } from "../runner/faults.ts"
import { type Judged, judgeByLedger, readLedger } from "../runner/ledger.ts"
import { judgeMutants } from "../runner/mutants.ts"
import type { CaseResult } from "../runner/result.ts"
import { select } from "../runner/select.ts"
import { describeAdapter } from "../runner/subject-process.ts"
import { runSuite, type SuiteSubject } from "../runner/suite.ts"
import { createProgress } from "./progress.ts"
import { printRun } from "./summary.ts"
import { inventoryName, rtspecVersion } from "./version.ts"

export interface RunOptions {
  readonly subject?: readonly string[]
  readonly scenario?: readonly string[]
  readonly adapter?: string
  readonly strict: boolean
  readonly jobs?: number
  readonly seed: string
  readonly transport: "memory" | "loopback"
  readonly out: string
  readonly allFailures: boolean
}

const defaultSubjects = ["reference", "openai-agents"]

/** Runs the suite and gives the exit code: 0 as expected, 1 a subject failed, 3 the harness broke. */
export async function run(options: RunOptions): Promise<number> {
  const chosen = options.adapter === undefined ? chooseSubjects(options.subject ?? defaultSubjects) : []
  const list = options.adapter === undefined ? chosen.map(suiteSubject) : [await ownClient(options.adapter)]
  const stories = select("scenario", scenarios, options.scenario ?? ["*"], ({ id }) => [id])
  const abort = new AbortController()
  const onInterrupt = () => abort.abort()
  process.once("SIGINT", onInterrupt)
  const progress = createProgress(list.length * stories.length, process.stderr)
  const results = await runSuite({
    subjects: list,
    scenarios: stories,
    transport: options.transport,
    seed: options.seed,
    strict: options.strict,
    jobs: options.jobs ?? availableParallelism(),
    onResult: progress.tell,
    signal: abort.signal,
  })
  progress.end()
  process.off("SIGINT", onInterrupt)
  const judged = judgeAll(results, chosen)
  const possible = TRANSITIONS.map(transitionId)
  const { seed, transport, strict } = options
  const meta = { rtspec: rtspecVersion(), node: process.version, seed, transport, inventory: inventoryName(), strict }
  const file = makeResults(judged, meta, possible)
  const titles = new Map(invariants.map(({ id, title }) => [id, title]))
  writeReport(options.out, file, judged, { width: 100, titles })
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  printRun({ judged, results: file, titles, width, out: options.out, allFailures: options.allFailures, colors: pc })
  if (abort.signal.aborted) return 130
  if (results.some(({ verdict }) => verdict === "broken")) return 3
  return file.totals.failed > 0 ? 1 : 0
}

const chooseSubjects = (globs: readonly string[]): SubjectEntry[] =>
  select("subject", subjects, globs, ({ name, version }) => [name, `${name}@${version}`])

const suiteSubject = ({ name, version, protocol, installed }: SubjectEntry): SuiteSubject => ({
  name,
  version,
  protocol,
  installed: installed(),
})

async function ownClient(file: string): Promise<SuiteSubject> {
  if (!existsSync(file))
    throw new UsageFault(
      `there is no adapter file ${file}; give --adapter the path of a module that exports \`adapter\`.`,
    )
  return { ...(await describeAdapter(file)), installed: true, adapterFile: file }
}

/** Each subject by its own ledger; mutants by whether they were caught. */
function judgeAll(results: readonly CaseResult[], chosen: readonly SubjectEntry[]): Judged[] {
  const scenarioIds = new Set(scenarios.map(({ id }) => id))
  const invariantIds = new Set(invariants.map(({ id }) => id))
  const names = [...new Set(results.map(({ subject }) => subject))]
  return names.flatMap((name) => {
    const own = results.filter(({ subject }) => subject === name)
    if (name.startsWith("mutant/")) return judgeMutants(own)
    const ledgerFile = chosen.find((entry) => entry.name === name)?.ledger
    if (!ledgerFile) return judgeByLedger(own, { file: "", lines: [] }, [])
    const versions = subjects.filter((entry) => entry.name === name).map(({ version }) => version)
    return judgeByLedger(own, readLedger(fileURLToPath(ledgerFile), scenarioIds, invariantIds), versions)
  })
}
