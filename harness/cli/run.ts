// `rtspec run`: select, run, ask the ledgers, report.
import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import pc from "picocolors"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants } from "../../adapters/mutants/table.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { makeFolder, writeReport } from "../report/folder.ts"
import { makeResults } from "../report/results.ts"
import { UsageFault } from "../runner/faults.ts"
import { type Judged, judgeByLedger, type Ledger, readLedger } from "../runner/ledger.ts"
import { judgeMutants } from "../runner/mutants.ts"
import type { CaseResult } from "../runner/result.ts"
import { select } from "../runner/select.ts"
import { describeAdapter } from "../runner/subject-process.ts"
import { isOfProtocol, runSuite, type SuiteSubject } from "../runner/suite.ts"
import type { Scenario } from "../script/scenario.ts"
import { coverable, shortfall } from "./coverage.ts"
import { createProgress } from "./progress.ts"
import { printRun } from "./summary.ts"
import { inventoryName, rtspecVersion } from "./version.ts"

export interface RunOptions {
  readonly subject?: readonly string[]
  readonly scenario?: readonly string[]
  readonly adapter?: string
  /** Of the adapter; a subject of ours has its own. */
  readonly ledger?: string
  readonly strict: boolean
  readonly jobs?: number
  readonly seed: string
  readonly dialect: DialectName
  readonly transport: "memory" | "loopback"
  readonly out: string
  readonly allFailures: boolean
}

const reference = { realtime: "reference", responses: "reference-responses" } as const
const defaultSubjects = ["reference", "reference-responses", "openai-agents"]

const interrupts = ["SIGINT", "SIGTERM"] as const
/** As shells have it for a command that ends by Ctrl-C. */
const exitInterrupted = 130

/** Runs the suite and gives the exit code: 0 as expected, 1 a subject failed, 3 the harness broke, 130 interrupted. */
export async function run(options: RunOptions): Promise<number> {
  const chosen = options.adapter === undefined ? chooseSubjects(options.subject ?? defaultSubjects) : []
  const list = options.adapter === undefined ? chosen.map(suiteSubject) : [await ownClient(options.adapter)]
  const stories = select("scenario", scenarios, options.scenario ?? ["*"], ({ id }) => [id])
  const ledgers = readLedgers(chosen)
  if (options.ledger !== undefined) readOwnLedger(options, list, ledgers)
  makeFolder(options.out)
  const abort = new AbortController()
  const onInterrupt = () => abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  const progress = createProgress(countCases(list, stories), process.stderr)
  const results = await runSuite({
    subjects: list,
    scenarios: stories,
    transport: options.transport,
    seed: options.seed,
    strict: options.strict,
    dialect: options.dialect,
    jobs: options.jobs ?? availableParallelism(),
    onResult: progress.tell,
    signal: abort.signal,
  })
  progress.end()
  for (const signal of interrupts) process.off(signal, onInterrupt)
  if (abort.signal.aborted) {
    console.error(`rtspec: interrupted after ${results.length} cases; ${options.out} holds no report of them.`)
    return exitInterrupted
  }
  const judged = judgeAll(results, ledgers, options.dialect)
  const protocols = new Set(list.map(({ protocol }) => protocol))
  const file = makeResults(judged, about(options), coverable(protocols))
  const missing = isFull(options, list) ? shortfall(file) : []
  const titles = new Map(invariants.map(({ id, title }) => [id, title]))
  writeReport(options.out, file, judged, { width: 100, titles })
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  printRun({
    judged,
    results: file,
    titles,
    width,
    out: options.out,
    allFailures: options.allFailures,
    colors: pc,
    missing,
  })
  if (results.some(({ verdict }) => verdict === "broken")) return 3
  return file.totals.failed > 0 || missing.length > 0 ? 1 : 0
}

function countCases(list: readonly SuiteSubject[], stories: readonly Scenario[]): number {
  const count = list.flatMap((subject) => stories.filter((story) => isOfProtocol(subject, story))).length
  if (count === 0)
    throw new UsageFault(
      "none of these scenarios is told in the protocol of these subjects: responses-ws/* is for clients of Responses, every other room for clients of Realtime.",
    )
  return count
}

const about = ({ seed, transport, dialect, strict }: RunOptions) => ({
  ...{ rtspec: rtspecVersion(), node: process.version, inventory: inventoryName() },
  ...{ seed, transport, dialect, strict },
})

/** All scenarios, with the clients that can do everything, as OpenAI words them: such a run must reach all there is. */
const isFull = ({ scenario, dialect }: RunOptions, list: readonly SuiteSubject[]) =>
  scenario === undefined &&
  dialect === "openai" &&
  list.every(({ protocol }) => list.some(({ name }) => name === reference[protocol]))

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

/** Each subject by its own ledger, which speaks of the dialect openai alone; mutants by whether they were caught. */
function judgeAll(
  results: readonly CaseResult[],
  ledgers: ReadonlyMap<string, Ledger>,
  dialect: DialectName,
): Judged[] {
  const names = [...new Set(results.map(({ subject }) => subject))]
  return names.flatMap((name) => {
    const own = results.filter(({ subject }) => subject === name)
    const mutant = [...mutants, ...responsesMutants].find((each) => name === `mutant/${each.name}`)
    if (mutant) return judgeMutants(own, mutant.caughtBy)
    const ledger = ledgers.get(name)
    if (!ledger || dialect !== "openai") return judgeByLedger(own, { file: "", lines: [] }, [])
    const known = subjects.filter((entry) => entry.name === name).map(({ version }) => version)
    const versions = known.length > 0 ? known : own.map(({ version }) => version)
    return judgeByLedger(own, ledger, versions)
  })
}

/** By subject's name; read before anything is run, so that a mistake in one costs no run. */
function readLedgers(chosen: readonly SubjectEntry[]): Map<string, Ledger> {
  return new Map(
    chosen.flatMap(({ name, protocol, ledger }) =>
      ledger ? [[name, ledgerIn(fileURLToPath(ledger), protocol)] as const] : [],
    ),
  )
}

function readOwnLedger({ ledger = "", adapter }: RunOptions, list: readonly SuiteSubject[], into: Map<string, Ledger>) {
  if (adapter === undefined)
    throw new UsageFault(
      "--ledger goes with --adapter; the ledgers of rtspec's own subjects stand beside their adapters.",
    )
  if (!existsSync(ledger))
    throw new UsageFault(`there is no ledger ${ledger}; write [] into it, or leave --ledger out.`)
  for (const { name, protocol } of list) into.set(name, ledgerIn(ledger, protocol))
}

function ledgerIn(file: string, protocol: SuiteSubject["protocol"]): Ledger {
  const own = scenarios.filter((scenario) => (scenario.protocol ?? "realtime") === protocol)
  return readLedger(file, new Set(own.map(({ id }) => id)), new Set(invariants.map(({ id }) => id)))
}
