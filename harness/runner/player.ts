// Plays cases against one subject in a process of its own, and gives a result for each, whatever becomes of the process.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Violation } from "../checks/invariant.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Entry } from "../trace/trace.ts"
import type { OpenMessage } from "./messages.ts"
import type { CaseResult } from "./result.ts"
import { defaultHost, type Lost, type ProcessOptions, type SubjectProcess, startSubject } from "./subject-process.ts"
import { realWatchdog, type Watchdog } from "./watchdog.ts"

export interface SuiteSubject {
  readonly name: string
  readonly version: string
  readonly protocol: "realtime" | "responses"
  readonly installed: boolean
  readonly adapterFile?: string
}

export interface PlayerOptions {
  readonly transport: "memory" | "loopback"
  readonly seed: string
  readonly strict: boolean
  /** Whose server the scripted one is; default openai. */
  readonly dialect?: DialectName
  readonly hostFile?: string
  readonly limitMs?: number
  readonly watchdog?: Watchdog
  /** Aborting ends all processes; the result of the case that was being played means nothing. */
  readonly signal?: AbortSignal
}

export interface Player {
  /** One case at a time. The process is started with the first, and anew where one was lost. */
  play(scenario: Scenario): Promise<CaseResult>
  stop(): void
}

export function openPlayer(subject: SuiteSubject, options: PlayerOptions): Player {
  const { signal } = options
  let process: SubjectProcess | string | undefined
  let number = 0
  const stop = () => {
    if (typeof process === "object") process.stop()
    signal?.removeEventListener("abort", stop)
  }
  signal?.addEventListener("abort", stop, { once: true })
  const without = (scenario: Scenario, verdict: "broken" | "not-installed", because: string) =>
    emptyResult(subject, scenario, options, { verdict, because })
  return {
    async play(scenario) {
      if (!subject.installed)
        return without(
          scenario,
          "not-installed",
          `it is not installed: rtspec subjects install ${subject.name}@${subject.version}`,
        )
      process ??= await start(subject, options)
      if (typeof process === "string") return without(scenario, "broken", process)
      if (signal?.aborted) process.stop()
      const { seed, strict, dialect = "openai" } = options
      const answer = await process.run({ type: "case", number: number++, scenario: scenario.id, seed, strict, dialect })
      if (signal?.aborted) return without(scenario, "broken", "the run was interrupted")
      const result = "lost" in answer ? await again(subject, scenario, number++, options, answer) : answer
      if ("lost" in answer || isBusyForEver(result)) {
        process.stop()
        process = undefined
      }
      return result
    },
    stop,
  }
}

/** What loops in turns of the event loop lets the case end and goes on in the next: another process must play that. */
const isBusyForEver = ({ trace }: CaseResult) =>
  trace?.entries.some((entry) => entry.lane === "app" && entry.kind === "crash" && entry.how === "endless-loop") ??
  false

function start(subject: SuiteSubject, options: PlayerOptions): Promise<SubjectProcess | string> {
  const { name, version, adapterFile } = subject
  const open: OpenMessage = {
    type: "open",
    subject: name,
    version,
    transport: options.transport,
    ...(adapterFile === undefined ? {} : { adapterFile }),
  }
  return startSubject(open, processOptions(options))
}

const processOptions = ({
  hostFile = defaultHost,
  limitMs = 20_000,
  watchdog = realWatchdog,
}: PlayerOptions): ProcessOptions => ({
  hostFile,
  limitMs,
  watchdog,
})

/** The process was lost in this case. It is played once more, its trace written entry by entry, so that the way there is
 * known: same seed, same trace. */
async function again(
  subject: SuiteSubject,
  scenario: Scenario,
  number: number,
  options: PlayerOptions,
  lost: Lost,
): Promise<CaseResult> {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-"))
  const traceTo = join(folder, "trace.ndjson")
  try {
    const process = await start(subject, options)
    if (typeof process === "string")
      return emptyResult(subject, scenario, options, { verdict: "broken", because: process })
    const { seed, strict, dialect = "openai" } = options
    options.signal?.addEventListener("abort", process.stop, { once: true })
    if (options.signal?.aborted) process.stop()
    const answer = await process.run({ type: "case", number, scenario: scenario.id, seed, strict, dialect, traceTo })
    options.signal?.removeEventListener("abort", process.stop)
    process.stop()
    const found = "lost" in answer ? answer : { ...lost, message: `${lost.message}; ${survivedAlone}` }
    return lostResult(subject, scenario, options, found, readEntries(traceTo))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const survivedAlone = "played alone it survived this, so a case before it left something behind"

/** The entries that were written whole: a process that is killed may leave half of one, and one that dies at once, none. */
function readEntries(file: string): Entry[] {
  if (!existsSync(file)) return []
  const written = readFileSync(file, "utf8")
  const lines = written.slice(0, written.lastIndexOf("\n") + 1).split("\n")
  return lines.filter(Boolean).map((line) => JSON.parse(line))
}

/** To lose its process is the subject's failure, unless the harness's own host gave up (exit code 70). */
function lostResult(
  subject: SuiteSubject,
  scenario: Scenario,
  options: PlayerOptions,
  { lost, message, code }: Lost,
  before: readonly Entry[],
): CaseResult {
  if (code === 70)
    return emptyResult(subject, scenario, options, { verdict: "broken", because: `the harness failed: ${message}` })
  const last = before.at(-1)
  const crash: Entry = {
    index: before.length,
    at: last?.at ?? 0,
    round: last?.round ?? 0,
    lane: "app",
    kind: "crash",
    how: lost,
    error: { name: "ProcessLost", message },
  }
  const violation: Violation = {
    invariant: "no-crash",
    message: `The subject must survive what the server sends; ${message}.`,
    cause: before.findLast(({ lane }) => lane === "server")?.index ?? 0,
    offence: before.length,
  }
  const empty = emptyResult(subject, scenario, options, { verdict: "fail", because: "" })
  const { name, version, protocol } = subject
  const header = {
    scenario: scenario.id,
    subject: name,
    version,
    protocol,
    can: [],
    transport: options.transport,
    seed: options.seed,
  }
  return {
    ...empty,
    violations: [violation],
    triggered: { "no-crash": 1 },
    trace: { header, entries: [...before, crash] },
  }
}

function emptyResult(
  subject: SuiteSubject,
  scenario: Scenario,
  { transport, seed, dialect }: PlayerOptions,
  found: Pick<CaseResult, "verdict" | "because">,
): CaseResult {
  return {
    scenario: scenario.id,
    title: scenario.title,
    grade: scenario.grade,
    subject: subject.name,
    version: subject.version,
    transport,
    seed,
    ...(dialect === undefined || dialect === "openai" ? {} : { dialect }),
    violations: [],
    warnings: [],
    triggered: {},
    transitions: [],
    goals: [],
    virtualMs: 0,
    durationMs: 0,
    ...found,
  }
}
