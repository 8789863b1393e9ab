// `rtspec run`: select, run, ask the ledgers, report.
import { availableParallelism } from "node:os"
import pc from "picocolors"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { pairs } from "../../adapters/pairs.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { caseKey } from "../report/case-key.ts"
import { makeFolder, writeReport } from "../report/folder.ts"
import { makeResults } from "../report/make-results.ts"
import { defaultReporters, parseReporters } from "../report/reporters.ts"
import type { ResultsFile } from "../report/results.ts"
import { UsageFault } from "../runner/faults.ts"
import type { Judged, Ledger } from "../runner/ledger.ts"
import { howPairsWent } from "../runner/pairs.ts"
import { isPlayedBy, type Regression, readRegressions } from "../runner/regressions.ts"
import { select } from "../runner/select.ts"
import { parseShard, shareOf } from "../runner/shard.ts"
import { isOfProtocol, runSuite, type SuiteSubject } from "../runner/suite.ts"
import type { Scenario } from "../script/scenario.ts"
import { situations } from "../script/situations.ts"
import { coverable, shortfall } from "./coverage.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { ownClient } from "./own-client.ts"
import { placesIn } from "./places.ts"
import { createProgress, subjectKey } from "./progress.ts"
import { publish } from "./publish.ts"
import { judgeAll, newsIn, readLedgers, readOwnLedger } from "./run-ledgers.ts"
import { printRun } from "./summary.ts"
import { updateLedgers } from "./update-ledger.ts"
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
  /** Default: for each subject the server that it was made for. */
  readonly dialect?: DialectName
  readonly transport: "memory" | "loopback"
  readonly out: string
  readonly allFailures: boolean
  /** Names with commas; default: text and html. */
  readonly reporter?: string
  /** `I/N`. */
  readonly shard?: string
  /** Whose traces are kept. */
  readonly traces?: "failed" | "all"
  readonly updateLedger?: boolean
}

const reference = { realtime: "reference", responses: "reference-responses" } as const

const interrupts = ["SIGINT", "SIGTERM"] as const
/** As shells have it for a command that ends by Ctrl-C. */
const exitInterrupted = 130

/** Runs the suite and gives the exit code: 0 as expected, 1 a subject failed, 3 the harness broke, 130 interrupted. */
export async function run(options: RunOptions): Promise<number> {
  const chosen = options.adapter === undefined ? chooseSubjects(options.subject) : []
  const list = options.adapter === undefined ? chosen.map(suiteSubject) : [await ownClient(options.adapter)]
  const regressions = readRegressions()
  const all = [...scenarios, ...regressions.map(({ scenario }) => scenario)]
  const stories = select("scenario", all, options.scenario ?? ["*"], ({ id }) => [id])
  const isCase = caseOf(regressions)
  const { ledger, adapter } = options
  const ledgers = ledger === undefined ? readLedgers(chosen) : readOwnLedger({ ledger, adapter }, list)
  const reporters = parseReporters(options.reporter ?? defaultReporters)
  const isShared = sharing(options, list, stories, ledgers)
  const plays: Plays = (subject, story) => isCase(subject, story) && isShared(subject, story)
  const ledgerFiles = new Map([...ledgers].map(([name, { file }]) => [name, file]))
  if (options.updateLedger) demandLedger(options)
  makeFolder(options.out)
  const abort = new AbortController()
  const onInterrupt = () => abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  const isNews = newsIn(ledgers, regressions)
  const progress = createProgress({ cases: countCases(casesOf(list, stories, isCase), plays), isNews }, process.stderr)
  const results = await runSuite({
    subjects: list,
    scenarios: stories,
    transport: options.transport,
    seed: options.seed,
    strict: options.strict,
    ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
    jobs: options.jobs ?? availableParallelism(),
    plays,
    told: new Map(regressions.map(({ scenario, seed }) => [scenario.id, seed])),
    keepTraces: options.traces === "all",
    onResult: progress.tell,
    signal: abort.signal,
  })
  progress.end()
  for (const signal of interrupts) process.off(signal, onInterrupt)
  if (abort.signal.aborted) {
    console.error(`rtspec: interrupted after ${results.length} cases; ${options.out} holds no report of them.`)
    return exitInterrupted
  }
  const judged = judgeAll(results, ledgers, options.dialect, regressions)
  const protocols = new Set(list.map(({ protocol }) => protocol))
  const file = makeResults({
    judged,
    run: about(options, casesOf(list, stories, isCase), list, judged),
    coverable: coverable(protocols),
    catalogue: { scenarios: all, situations, invariants },
    allTraces: options.traces === "all",
    placeOf: placesIn(ledgerFiles),
  })
  const missing = file.run.full && !file.run.shard ? shortfall(file) : []
  const titles = new Map(invariants.map(({ id, title }) => [id, title]))
  const written = writeReport(options.out, {
    results: file,
    judged,
    pages: { width: 100, titles },
    reporters,
    extras: {},
  })
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  printRun({
    judged,
    results: file,
    titles,
    width,
    out: options.out,
    written,
    isBrief: !reporters.has("text"),
    allFailures: options.allFailures,
    colors: pc,
    missing,
    pairs: file.run.dialect === "openai" ? howPairsWent(pairs, results) : [],
  })
  publish(file, reporters)
  if (isReferenceAlone(options, list))
    console.log("Only rtspec's own reference clients were played. For yours: npx rtspec init")
  if (options.updateLedger) for (const sentence of updateLedgers(judged, ledgerFiles)) console.log(sentence)
  if (results.some(({ verdict }) => verdict === "broken")) return 3
  return file.totals.failed > 0 || missing.length > 0 ? 1 : 0
}

/** Nobody said whom to play, and of the real clients none came along: so it is in a project that has installed rtspec. */
const isReferenceAlone = ({ subject, adapter }: RunOptions, list: readonly SuiteSubject[]) =>
  subject === undefined && adapter === undefined && list.every(({ name }) => name.startsWith("reference"))

type Plays = (subject: SuiteSubject, scenario: Scenario) => boolean

/** Which cases this run plays: all, or those of its shard. A mutant is judged by whether any of its cases caught it, a glob
 * of a ledger by all that it covers, so such subjects are not divided. */
function sharing(
  { shard }: RunOptions,
  list: readonly SuiteSubject[],
  stories: readonly Scenario[],
  ledgers: ReadonlyMap<string, Ledger>,
): Plays {
  if (shard === undefined) return () => true
  const hasGlobs = (name: string) => ledgers.get(name)?.lines.some(({ covers }) => covers !== undefined) ?? false
  return shareOf(parseShard(shard), list, stories, (name) => name.startsWith("mutant/") || hasGlobs(name))
}

function demandLedger({ adapter, ledger, dialect }: RunOptions) {
  if (adapter !== undefined && ledger === undefined)
    throw new UsageFault("--update-ledger needs to know which: give --ledger a file that holds [].")
  if (dialect !== undefined && dialect !== "openai")
    throw new UsageFault(
      "--update-ledger goes without --dialect: a ledger speaks of the server that its client was made for.",
    )
}

/** Which cases there are: a scenario of the subject's protocol, a kept repro of whom it concerns. */
function caseOf(regressions: readonly Regression[]): Plays {
  const concerns = isPlayedBy(regressions)
  return (subject, story) => isOfProtocol(subject, story) && concerns(subject, story)
}

interface Case {
  readonly subject: SuiteSubject
  readonly story: Scenario
}

const casesOf = (list: readonly SuiteSubject[], stories: readonly Scenario[], isCase: Plays): Case[] =>
  list.flatMap((subject) => stories.filter((story) => isCase(subject, story)).map((story) => ({ subject, story })))

/** How many cases each subject plays. */
function countCases(all: readonly Case[], plays: Plays): Map<string, number> {
  if (all.length === 0)
    throw new UsageFault(
      "none of these scenarios is for these subjects: responses-ws/* is for clients of Responses, every other room for clients of Realtime, and a kept repro for the reference client and the one that it was found on (rtspec replay plays it against any).",
    )
  const counts = new Map<string, number>()
  for (const { subject, story } of all) {
    const key = subjectKey({ subject: subject.name, version: subject.version })
    if (plays(subject, story)) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function about(
  options: RunOptions,
  all: readonly Case[],
  list: readonly SuiteSubject[],
  judged: readonly Judged[],
): ResultsFile["run"] {
  const { seed, transport, dialect = "openai", strict, shard } = options
  const names = [...new Set(list.map(({ name }) => name))]
  const inAll = names
    .flatMap((name) => all.filter(({ subject }) => subject.name === name))
    .map(({ subject, story }) => caseKey({ subject: subject.name, version: subject.version, scenario: story.id }))
  const positions = judged.map(({ result }) => inAll.indexOf(caseKey(result)))
  return {
    ...{ rtspec: rtspecVersion(), node: process.version, inventory: inventoryName() },
    ...{ seed, transport, dialect, strict, full: isFull(options, list) },
    ...(shard === undefined ? {} : { shard: { ...parseShard(shard), casesInAll: inAll.length, positions } }),
  }
}

/** All scenarios, with the clients that can do everything, as OpenAI words them: such a run must reach all there is. */
const isFull = ({ scenario, dialect = "openai" }: RunOptions, list: readonly SuiteSubject[]) =>
  scenario === undefined &&
  dialect === "openai" &&
  list.every(({ protocol }) => list.some(({ name }) => name === reference[protocol]))

/** Default: who comes along with rtspec, and is there. One that is not installed is heard of where it is asked for. */
const chooseSubjects = (globs: readonly string[] | undefined): SubjectEntry[] =>
  globs === undefined
    ? subjects.filter(({ name, install, installed }) => !install && !name.startsWith("mutant/") && installed())
    : select("subject", subjects, globs, ({ name, version }) => [name, `${name}@${version}`])
