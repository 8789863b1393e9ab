// Plays cases against one subject in a process of its own, and gives a result for each, whatever becomes of the process.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Violation } from "../checks/invariant.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Entry } from "../trace/trace.ts"
import type { AboutAdapter, OpenMessage } from "./messages.ts"
import { isBusyForEver, type Outcome } from "./outcome.ts"
import { type CaseResult, makeResult } from "./result.ts"
import { defaultHost, type Lost, type ProcessOptions, type SubjectProcess, startSubject } from "./subject-process.ts"
import { realWatchdog, type Watchdog } from "./watchdog.ts"

export interface SuiteSubject {
  readonly name: string
  readonly version: string
  readonly protocol: "realtime" | "responses"
  readonly installed: boolean
  /** The server that it was made for; default openai. */
  readonly dialect?: DialectName
  readonly adapterFile?: string
  /** It is a program in another language, over the process transport whatever the wish. */
  readonly isProgram?: boolean
}

export interface PlayerOptions {
  readonly transport: "memory" | "loopback"
  readonly seed: string
  readonly strict: boolean
  /** Whose server the scripted one is; default: the subject's own. */
  readonly dialect?: DialectName
  /** Keep the traces of cases that passed, too. */
  readonly keepTraces?: boolean
  /** Outcomes tell which code of the subject has run, too; of a program in another language nothing is known. */
  readonly coverage?: boolean
  readonly hostFile?: string
  readonly limitMs?: number
  readonly watchdog?: Watchdog
  /** Aborting ends all processes; the result of the case that was being played means nothing. */
  readonly signal?: AbortSignal
  /** Where the process comes from, and goes in the end: for subjects that leave nothing of themselves in it. */
  readonly spares?: Spares
}

/** Processes that one player is done with and another can have. */
export interface Spares {
  take(): SubjectProcess | undefined
  give(process: SubjectProcess): void
}

export interface Player {
  /** What the adapter says of itself; a sentence where the subject cannot be used. */
  about(): Promise<AboutAdapter | string>
  /** One case at a time. The process is started with the first, and anew where one was lost. `told`: it stands in
   * no catalogue. `seed`, `keepTrace`: in place of the player's. */
  play(scenario: Scenario, how?: { told: boolean; seed?: string; keepTrace?: boolean }): Promise<CaseResult>
  /** Many generated cases. Undefined where the process was lost, or cannot be had: play them one by one, and see. Fewer
   * outcomes than cases where one kept the process busy for ever. */
  playBatch(cases: readonly Scenario[]): Promise<readonly Outcome[] | undefined>
  stop(): void
}

export function openPlayer(subject: SuiteSubject, wishes: PlayerOptions): Player {
  const options: PlayerOptions = { dialect: subject.dialect ?? "openai", ...wishes }
  const { signal } = options
  let process: SubjectProcess | string | undefined
  let number = 0
  let isOver = false
  const stop = () => {
    if (typeof process === "object" && !isOver) {
      if (wishes.spares && !signal?.aborted) wishes.spares.give(process)
      else process.stop()
    }
    isOver = true
    signal?.removeEventListener("abort", stop)
  }
  signal?.addEventListener("abort", stop, { once: true })
  return {
    async about() {
      if (!subject.installed) return `it is not installed: rtspec subjects install ${subject.name}@${subject.version}`
      process ??= await start(subject, options)
      return typeof process === "string" ? process : process.about
    },
    async playBatch(cases) {
      if (isOver) return undefined
      process ??= await start(subject, options)
      if (typeof process === "string" || signal?.aborted) return undefined
      const { seed, strict, dialect = "openai" } = options
      const answer = await process.runBatch({ type: "batch", number: number++, cases, seed, strict, dialect })
      if (!("lost" in answer) && answer.length === cases.length) return answer
      process.stop()
      process = undefined
      return "lost" in answer ? undefined : answer
    },
    async play(scenario, { told, seed = wishes.seed, keepTrace = wishes.keepTraces ?? false } = { told: false }) {
      const own = { ...options, seed }
      const without = (story: Scenario, verdict: "broken" | "not-installed", because: string) =>
        emptyResult(subject, story, own, { verdict, because })
      if (!subject.installed)
        return without(
          scenario,
          "not-installed",
          `it is not installed: rtspec subjects install ${subject.name}@${subject.version}`,
        )
      process ??= await start(subject, own)
      if (typeof process === "string") return without(scenario, "broken", process)
      if (signal?.aborted) process.stop()
      const { strict, dialect = "openai" } = own
      const which = { number: number++, scenario: scenario.id, keepTrace, ...(told ? { told: scenario } : {}) }
      const answer = await process.run({ type: "case", ...which, seed, strict, dialect })
      if (signal?.aborted) return without(scenario, "broken", "the run was interrupted")
      const result = "lost" in answer ? await again(subject, scenario, number++, own, answer, told) : answer
      if ("lost" in answer || isBusyForEver(result)) {
        process.stop()
        process = undefined
      }
      return result
    },
    stop,
  }
}

async function start(subject: SuiteSubject, options: PlayerOptions): Promise<SubjectProcess | string> {
  const { name, version, adapterFile } = subject
  const open: OpenMessage = {
    type: "open",
    subject: name,
    version,
    transport: options.transport,
    ...(adapterFile === undefined ? {} : { adapterFile }),
    ...(options.coverage ? { coverage: true } : {}),
  }
  const again = await options.spares?.take()?.reopen(open)
  return typeof again === "object" ? again : startSubject(open, processOptions(options))
}

const processOptions = ({
  hostFile = defaultHost,
  limitMs = 20_000,
  watchdog = realWatchdog,
  signal,
}: PlayerOptions): ProcessOptions => ({
  hostFile,
  limitMs,
  watchdog,
  signal,
})

/** The process was lost in this case. It is played once more, its trace written entry by entry, so that the way there is
 * known: same seed, same trace. */
async function again(
  subject: SuiteSubject,
  scenario: Scenario,
  number: number,
  options: PlayerOptions,
  lost: Lost,
  told: boolean,
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
    const which = { number, scenario: scenario.id, ...(told ? { told: scenario } : {}) }
    const answer = await process.run({ type: "case", ...which, seed, strict, dialect, traceTo })
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
    transport: empty.transport,
    seed: options.seed,
  }
  return {
    ...empty,
    violations: [violation],
    triggered: { "no-crash": 1 },
    trace: { header, entries: [...before, crash] },
  }
}

const emptyResult = (
  { name: subject, version, isProgram }: SuiteSubject,
  scenario: Scenario,
  { transport, seed, dialect }: PlayerOptions,
  found: Pick<CaseResult, "verdict" | "because">,
): CaseResult =>
  makeResult({ scenario, subject, version, transport: isProgram ? "process" : transport, seed, dialect }, found)
