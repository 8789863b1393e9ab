// `rtspec fuzz`: which subjects, for how long, and what is printed and kept of what was found.
import { execFileSync } from "node:child_process"
import { availableParallelism } from "node:os"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { responsesMutants } from "../../adapters/mutants/responses-table.ts"
import { mutants } from "../../adapters/mutants/table.ts"
import type { Failure } from "../fuzz/examine.ts"
import { type Fuzzed, fuzzSubject } from "../fuzz/fuzz.ts"
import { failuresFolder, keptFailures } from "../fuzz/keep.ts"
import type { Oracle } from "../fuzz/swarm.ts"
import { UsageFault } from "../runner/faults.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { select } from "../runner/select.ts"
import { createFuzzProgress } from "./fuzz-progress.ts"
import { keepAndTell } from "./fuzz-tell.ts"

export interface FuzzCommand {
  readonly subject?: readonly string[]
  readonly seed?: string
  readonly cases?: number
  /** Milliseconds. */
  readonly for?: number
  readonly untilNew: boolean
  readonly faults: Oracle
  readonly jobs?: number
}

const defaultCases = 10_000
const canaries = { realtime: "mutant/no-guard-on-create", responses: "mutant/responses-incomplete-is-no-end" } as const
const canaryCases = 5_000
const interrupts = ["SIGINT", "SIGTERM"] as const
const exitInterrupted = 130

interface Target {
  readonly subject: SuiteSubject
  /** For a mutant: it is done when this was found. */
  readonly caughtBy?: string
}

interface Session {
  readonly command: FuzzCommand
  readonly seed: string
  readonly known: ReadonlySet<string>
  readonly abort: AbortController
  readonly deadline: number
  readonly progress: ReturnType<typeof createFuzzProgress>
  readonly failures: Failure[]
  readonly flaky: string[]
}

interface Found {
  readonly target: Target
  readonly fuzzed: Fuzzed | string
  readonly failures: readonly Failure[]
}

/** Gives the exit code: 0 nothing new (or every mutant found), 1 a new failure (or a mutant that was not found), 3 the harness
 * is blind or broke, 130 interrupted. */
export async function fuzz(command: FuzzCommand): Promise<number> {
  const targets = targetsOf(select("subject", subjects, command.subject ?? ["reference"], namesOf))
  const seed = command.seed ?? defaultSeed()
  console.log(`seed ${seed}`)
  const { ids, complaints } = keptFailures()
  for (const complaint of complaints) console.error(`rtspec: ${complaint}`)
  const session: Session = {
    ...{ command, seed, known: ids, failures: [], flaky: [] },
    abort: new AbortController(),
    deadline: command.for === undefined ? Number.POSITIVE_INFINITY : Date.now() + command.for,
    progress: createFuzzProgress(process.stderr),
  }
  const onInterrupt = () => session.abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  const found = await fuzzAll(targets, session)
  session.progress.end()
  for (const signal of interrupts) process.off(signal, onInterrupt)
  return conclude(found, session)
}

const namesOf = ({ name, version }: SubjectEntry) => [name, `${name}@${version}`]

function targetsOf(entries: readonly SubjectEntry[]): Target[] {
  const targets = entries.map((entry) => targetOf(entry))
  const isMutant = ({ caughtBy }: Target) => caughtBy !== undefined
  const blindSpots = [...new Set(targets.filter((each) => !isMutant(each)).map(({ subject }) => subject.protocol))]
  const along = subjects.filter(({ name }) => blindSpots.some((protocol) => canaries[protocol] === name))
  return [...along.map((entry) => targetOf(entry)), ...targets]
}

function targetOf({ name, version, protocol, installed }: SubjectEntry): Target {
  const mutant = [...mutants, ...responsesMutants].find((each) => `mutant/${each.name}` === name)
  const subject = { name, version, protocol, installed: installed() }
  return mutant ? { subject, caughtBy: mutant.caughtBy } : { subject }
}

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

/** So many subjects at a time; where there are fewer subjects than that, the processes are shared out among them. */
async function fuzzAll(targets: readonly Target[], session: Session): Promise<Found[]> {
  const jobs = session.command.jobs ?? availableParallelism()
  const found = new Map<Target, Found>()
  for (let round = 1; round === 1 || session.deadline < Number.POSITIVE_INFINITY; round++) {
    const waiting = targets.filter((target) => round === 1 || isUnfound(found.get(target)))
    if (waiting.length === 0 || isTimeUp(session)) break
    const atATime = Math.min(jobs, waiting.length)
    const perSubject = Math.max(1, Math.floor(jobs / waiting.length))
    const left = [...waiting]
    const work = async () => {
      for (let target = left.shift(); target && !isTimeUp(session); target = left.shift()) {
        const share = ((session.deadline - Date.now()) * atATime) / (left.length + atATime)
        found.set(target, await fuzzOne(target, session, { round, jobs: perSubject, until: Date.now() + share }))
      }
    }
    await Promise.all(Array.from({ length: atATime }, work))
  }
  return targets.flatMap((target) => found.get(target) ?? [])
}

const isTimeUp = ({ abort, deadline }: Session) => abort.signal.aborted || Date.now() >= deadline
const isUnfound = (found: Found | undefined) =>
  found?.target.caughtBy !== undefined && typeof found.fuzzed === "object" && !isCaught(found)
const isCaught = ({ target, failures }: Found) => failures.some(({ invariant }) => invariant === target.caughtBy)

async function fuzzOne(
  target: Target,
  session: Session,
  { round, jobs, until }: { round: number; jobs: number; until: number },
): Promise<Found> {
  const { command, seed, abort, progress } = session
  const failures: Failure[] = []
  const { subject, caughtBy } = target
  const name = `${subject.name}@${subject.version}`
  const isCanary = caughtBy !== undefined && !(command.subject ?? []).some((glob) => glob.includes("mutant"))
  const isEnough = () =>
    (caughtBy !== undefined && failures.some(({ invariant }) => invariant === caughtBy)) ||
    (command.untilNew && failures.some(({ id }) => !session.known.has(id)))
  const cases = isCanary ? canaryCases : (command.cases ?? (command.for === undefined ? defaultCases : undefined))
  const fuzzed = await fuzzSubject({
    ...{ subject, oracle: command.faults, jobs, signal: abort.signal },
    ...(caughtBy === undefined ? {} : { only: caughtBy }),
    seed: round === 1 ? seed : `${seed}/round ${round}`,
    ...(cases === undefined ? {} : { cases }),
    isOver: () => isEnough() || Date.now() >= until,
    onFailure: (failure) => {
      failures.push(failure)
      session.failures.push(failure)
      if (isCanary) return
      progress.clear()
      keepAndTell(failure, { seed, isKnown: session.known.has(failure.id) })
    },
    onFlaky: ({ invariant, foundAt }) =>
      void session.flaky.push(`${name}: case ${foundAt} broke ${invariant}, and not when it was played again.`),
    onProgress: (now) => progress.tell(name, now, session.failures.length),
  })
  return { target, fuzzed, failures }
}

function conclude(found: readonly Found[], session: Session): number {
  const { abort, known, command, seed } = session
  for (const sentence of session.flaky) console.log(`flaky: ${sentence}`)
  for (const each of found) console.log(summaryOf(each, known))
  console.log(`seed ${seed}; kept failures lie in ${failuresFolder}`)
  const asked = (command.subject ?? []).some((glob) => glob.includes("mutant"))
  const missed = found.filter((each) => each.target.caughtBy !== undefined && !isCaught(each))
  const unusable = found.some(({ fuzzed }) => typeof fuzzed === "string")
  if (abort.signal.aborted) return exitInterrupted
  if (!asked && missed.length > 0 && Date.now() < session.deadline) {
    console.error("rtspec: the mutant that is fuzzed along was not found, so that nothing was found says nothing.")
    return 3
  }
  if (unusable || session.failures.some(({ invariant }) => invariant.startsWith("broken"))) return 3
  if (asked && missed.length > 0) return 1
  const isNew = ({ target, failures }: Found) =>
    target.caughtBy === undefined && failures.some(({ id }) => !known.has(id))
  return found.some(isNew) ? 1 : 0
}

function summaryOf({ target, fuzzed, failures }: Found, known: ReadonlySet<string>): string {
  const { name, version } = target.subject
  if (typeof fuzzed === "string") return `! ${name} ${version}: ${fuzzed}`
  const fresh = failures.filter(({ id }) => !known.has(id)).length
  const { cases, transitions, goals } = fuzzed.progress
  const of = target.caughtBy
  const caught = failures.find(({ invariant }) => invariant === of)
  const verdict =
    of === undefined
      ? `${failures.length} failures, ${fresh} new`
      : caught
        ? `found by ${of} in case ${caught.foundAt}, ${caught.tale.beats.length} steps`
        : `NOT found by ${of}`
  return `${of === undefined ? (failures.length > 0 ? "✗" : "●") : caught ? "●" : "✗"} ${name} ${version}: ${verdict}; ${cases} cases, ${transitions.size} transitions, ${goals.size} goals`
}

export function milliseconds(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
  if (!found) throw new UsageFault(`--for takes a time such as 60s, 10m or 2h, not "${text}".`)
  return Number(found[1]) * units[found[2] as keyof typeof units]
}
