// `rtspec fuzz`: which subjects, for how long, and what is printed and kept of what was found.
import { execFileSync } from "node:child_process"
import { availableParallelism } from "node:os"
import { corpusName, readCorpus, writeCorpus } from "../fuzz/corpus-file.ts"
import type { Failure } from "../fuzz/examine.ts"
import { type Fuzzed, fuzzSubject } from "../fuzz/fuzz.ts"
import { keptFailures } from "../fuzz/keep.ts"
import { createSpares, type SpareProcesses } from "../fuzz/spares.ts"
import type { Oracle } from "../fuzz/swarm.ts"
import type { Tale } from "../fuzz/tale.ts"
import { UsageFault } from "../runner/faults.ts"
import { fuzzAgainst } from "./fuzz-against.ts"
import { conclude, type Found, isCaught } from "./fuzz-conclude.ts"
import { createFuzzProgress } from "./fuzz-progress.ts"
import { type Share, shareOut } from "./fuzz-share.ts"
import { createStatistics, type Statistics, writeStatistics } from "./fuzz-statistics.ts"
import { type Target, targetsOf } from "./fuzz-targets.ts"
import { keepAndTell, keepFlakyAndTell } from "./fuzz-tell.ts"

export interface FuzzCommand {
  readonly subject?: readonly string[]
  readonly seed?: string
  readonly cases?: number
  /** Milliseconds. */
  readonly for?: number
  readonly untilNew: boolean
  readonly faults: Oracle
  readonly jobs?: number
  /** Begin with what earlier runs kept for the subject, and keep what this one finds. */
  readonly corpus?: boolean
  /** Steer by the code of the subject that has run, too. */
  readonly coverage?: boolean
  /** The same stories to this one, too. */
  readonly against?: string
}

const defaultCases = 10_000
const canaryCases = 5_000
const interrupts = ["SIGINT", "SIGTERM"] as const

interface Session {
  readonly command: FuzzCommand
  readonly seed: string
  readonly known: ReadonlySet<string>
  readonly abort: AbortController
  readonly progress: ReturnType<typeof createFuzzProgress>
  /** All mutants are one module: their processes are handed on. */
  readonly spares: SpareProcesses
  readonly failures: Failure[]
  readonly flaky: string[]
  readonly statistics: Statistics
}

/** Gives the exit code, as conclude() has it. */
export async function fuzz(command: FuzzCommand): Promise<number> {
  const targets = targetsOf(command.subject ?? ["reference"])
  if (command.coverage) forCoverage(targets)
  const seed = command.seed ?? defaultSeed()
  console.log(`seed ${seed}`)
  if (command.against !== undefined) return fuzzAgainst(command, command.against, seed)
  const { ids, complaints } = keptFailures()
  for (const complaint of complaints) console.error(`rtspec: ${complaint}`)
  const session: Session = {
    ...{ command, seed, known: ids, failures: [], flaky: [] },
    abort: new AbortController(),
    progress: createFuzzProgress(process.stderr),
    spares: createSpares(),
    statistics: createStatistics(),
  }
  const { abort } = session
  const deadline = command.for === undefined ? Number.POSITIVE_INFINITY : Date.now() + command.for
  const onInterrupt = () => abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  const found = new Map(targets.map((target) => [target, neverPlayed(target)]))
  await shareOut({
    ...{ targets, deadline, jobs: command.jobs ?? availableParallelism(), now: Date.now },
    isStopped: () => abort.signal.aborted,
    isWanting: (target) => isWanting(found.get(target)),
    play: async (target, share) => void found.set(target, await fuzzOne(target, session, share)),
  })
  session.spares.stop()
  session.progress.end()
  for (const signal of interrupts) process.off(signal, onInterrupt)
  const isWhole = Date.now() < deadline
  writeStatistics(session.statistics.of([...found.values()]))
  return conclude([...found.values()], { ...session, isInterrupted: abort.signal.aborted, isWhole })
}

function forCoverage(targets: readonly Target[]): void {
  const program = targets.find(({ subject }) => subject.isProgram)?.subject
  if (program)
    throw new UsageFault(
      `--coverage asks V8 which code has run, and ${program.name}@${program.version} is a program in another language; fuzz it without.`,
    )
}

const neverPlayed = (target: Target): Found => {
  const progress = { cases: 0, transitions: new Set<string>(), goals: new Set<string>(), features: 0, verdicts: {} }
  return { target, fuzzed: { progress, counts: new Map(), passedOver: 0, tales: [] }, failures: [] }
}

const isWanting = (found: Found | undefined) =>
  found?.target.caughtBy !== undefined && typeof found.fuzzed === "object" && !isCaught(found)

/** In CI the commit: the same commit is fuzzed in the same way, and every commit in another. */
function defaultSeed(): string {
  if (process.env.CI) {
    const commit = process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA
    if (commit) return commit
    try {
      return execFileSync("git", ["rev-parse", "HEAD"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).trim()
    } catch {}
  }
  return String(Date.now() % 1_000_000_000)
}

async function fuzzOne(target: Target, session: Session, { round, jobs, until }: Share): Promise<Found> {
  const { command, seed, abort, progress } = session
  const failures: Failure[] = []
  const { subject, caughtBy, isCanary } = target
  const name = `${subject.name}@${subject.version}`
  const isEnough = () => command.untilNew && failures.some(({ id }) => !session.known.has(id))
  const cases = isCanary ? canaryCases : (command.cases ?? (command.for === undefined ? defaultCases : undefined))
  const begins = command.corpus && !isCanary ? begunWith(name) : undefined
  const fuzzed: Fuzzed | string = await fuzzSubject({
    ...(begins ? { begins } : {}),
    ...(command.coverage && !isCanary ? { coverage: true } : {}),
    ...{ subject, oracle: command.faults, jobs, signal: abort.signal },
    ...(caughtBy === undefined ? {} : { only: caughtBy, spares: session.spares }),
    seed: round === 1 ? seed : `${seed}/round ${round}`,
    ...(cases === undefined ? {} : { cases }),
    isOver: () => isEnough() || Date.now() >= until,
    onFailure: (failure) => {
      failures.push(failure)
      // That it is found is no news.
      if (isCanary) return
      session.failures.push(failure)
      progress.clear()
      keepAndTell(failure, { seed, isKnown: session.known.has(failure.id) })
    },
    onFlaky: (flaky) => void session.flaky.push(keepFlakyAndTell(flaky, seed)),
    onProgress(now) {
      progress.tell(name, now, session.failures.length)
      if (!isCanary) session.statistics.note(`${name}, round ${round}`, now)
    },
  })
  // Interrupted while its process began: that is not the subject's fault.
  if (abort.signal.aborted && typeof fuzzed === "string") return neverPlayed(target)
  if (begins && typeof fuzzed === "object") writeCorpus(corpusName(name), name, grown(begins, fuzzed))
  return { target, fuzzed, failures }
}

function begunWith(name: string): readonly Tale[] {
  const { tales, complaint } = readCorpus(corpusName(name))
  if (complaint) console.error(`rtspec: ${complaint}`)
  return tales
}

/** A run that was too short to play all that was kept has not shown that the rest is worth nothing. */
const grown = (begins: readonly Tale[], { tales, progress }: Fuzzed): readonly Tale[] => [
  ...begins.slice(progress.cases),
  ...tales,
]

export function milliseconds(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
  if (!found) throw new UsageFault(`--for takes a time such as 60s, 10m or 2h, not "${text}".`)
  return Number(found[1]) * units[found[2] as keyof typeof units]
}
