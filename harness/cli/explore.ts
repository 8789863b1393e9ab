// `rtspec explore`: every small story against a subject, and where it was left off.
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { createExaminer, type Failure } from "../fuzz/examine.ts"
import { type Bounds, boundsName, everyTale } from "../fuzz/explore.ts"
import { caseSeed } from "../fuzz/fuzz.ts"
import { openPool, type Pool } from "../fuzz/pool.ts"
import type { Oracle } from "../fuzz/swarm.ts"
import { type Tale, tellTale } from "../fuzz/tale.ts"
import { writeWhole } from "../report/folder.ts"
import { UsageFault } from "../runner/faults.ts"
import { select } from "../runner/select.ts"
import { createFuzzProgress } from "./fuzz-progress.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { keepAndTell, keepFlakyAndTell } from "./fuzz-tell.ts"

export interface ExploreOptions {
  readonly subject: readonly string[]
  readonly depth: number
  readonly inFlight: number
  readonly faults: Oracle
  readonly jobs?: number
  /** Begin again, whatever was explored before. */
  readonly fresh: boolean
}

const folder = join(".rtspec", "explore")
const batchSize = 64
const interrupts = ["SIGINT", "SIGTERM"] as const

const progressSchema = z.strictObject({ version: z.literal(1), played: z.int().min(0) })

/** Gives the exit code: 0 all were run and none failed, 1 some failed, 3 the harness broke, 130 interrupted. */
export async function explore(options: ExploreOptions): Promise<number> {
  const chosen = select("subject", subjects, options.subject, ({ name, version }) => [name, `${name}@${version}`])
  const abort = new AbortController()
  const onInterrupt = () => abort.abort()
  for (const signal of interrupts) process.once(signal, onInterrupt)
  let code = 0
  for (const entry of chosen) if (!abort.signal.aborted) code = Math.max(code, await exploreOne(entry, options, abort))
  for (const signal of interrupts) process.off(signal, onInterrupt)
  return code
}

async function exploreOne(entry: SubjectEntry, options: ExploreOptions, abort: AbortController): Promise<number> {
  const { name, version } = entry
  const subject = suiteSubject(entry)
  const jobs = options.jobs ?? availableParallelism()
  const how = { transport: "memory", seed: caseSeed, strict: false, signal: abort.signal } as const
  const pool = openPool(subject, jobs, how)
  try {
    const about = await pool.about()
    if (typeof about === "string") throw new UsageFault(`${name}@${version} cannot be explored: ${about}`)
    const kinds = options.faults === "lawful" ? (["lawful"] as const) : (["lawful", "loss"] as const)
    const { depth: steps, inFlight } = options
    const faults = options.faults === "lawful" ? 0 : 1
    const bounds: Bounds = { protocol: about.protocol, can: about.can, steps, inFlight, faults, kinds }
    return await playAll(`${name}@${version}`, bounds, { pool, jobs, abort, isFresh: options.fresh })
  } finally {
    pool.stop()
  }
}

interface Playing {
  readonly pool: Pool
  readonly jobs: number
  readonly abort: AbortController
  readonly isFresh: boolean
}

async function playAll(subject: string, bounds: Bounds, { pool, jobs, abort, isFresh }: Playing): Promise<number> {
  const file = join(folder, `${boundsName(subject, bounds)}.json`)
  const before = isFresh ? 0 : playedBefore(file)
  const progress = createFuzzProgress(process.stderr)
  const failures: Failure[] = []
  const examiner = createExaminer({
    ...{ subject: subject.replace(/@.*/, ""), pool, signal: abort.signal },
    onFailure: (failure) => {
      failures.push(failure)
      progress.clear()
      keepAndTell(failure, { seed: `every story of ${bounds.steps} steps`, isKnown: false })
    },
    onFlaky: (flaky) => console.log(`flaky: ${keepFlakyAndTell(flaky, `every story of ${bounds.steps} steps`)}`),
  })
  let told = 0
  let played = before
  let failed = 0
  const transitions = new Set<string>()
  const goals = new Set<string>()
  const play = async (tales: readonly Tale[], from: number) => {
    const outcomes = await pool.playBatch(tales.map((tale, at) => tellTale(tale, `explore/${from + at + 1}`)))
    return { tales, outcomes }
  }
  const underWay: ReturnType<typeof play>[] = []
  const finish = async () => {
    const batch = await underWay.shift()
    if (!batch || abort.signal.aborted) return
    for (const [at, outcome] of batch.outcomes.entries()) {
      const tale = batch.tales[at]
      for (const each of outcome.transitions) transitions.add(each)
      for (const each of outcome.goals) goals.add(each)
      if (outcome.verdict !== "fail" && outcome.verdict !== "broken") continue
      failed += 1
      if (tale) await examiner.examine(tale, outcome, played + at + 1)
    }
    if (abort.signal.aborted) return
    played += batch.outcomes.length
    remember(file, played)
    progress.tell(subject, { cases: played - before, transitions, goals, features: 0, verdicts: {} }, failures.length)
  }
  let batch: Tale[] = []
  for (const tale of everyTale(bounds)) {
    if (abort.signal.aborted) break
    told += 1
    if (told <= before) continue
    batch.push(tale)
    if (batch.length < batchSize) continue
    underWay.push(play(batch, told - batch.length))
    batch = []
    if (underWay.length > jobs) await finish()
  }
  if (batch.length > 0) underWay.push(play(batch, told - batch.length))
  while (underWay.length > 0) await finish()
  progress.end()
  const again = before > 0 ? `, ${before} of them before` : ""
  if (abort.signal.aborted) {
    console.log(`${subject}: interrupted; ${played} stories were run, and the same command goes on from there.`)
    return 130
  }
  console.log(
    `${subject}: there are ${told} stories of up to ${bounds.steps} steps with ${bounds.inFlight} requests in flight, and all ${played} were run${again}; ${failed} failed, ${failures.length} in ways of their own.`,
  )
  if (failures.some(({ invariant }) => invariant.startsWith("broken"))) return 3
  return failed > 0 ? 1 : 0
}

function playedBefore(file: string): number {
  if (!existsSync(file)) return 0
  try {
    return progressSchema.parse(JSON.parse(readFileSync(file, "utf8"))).played
  } catch {
    console.error(`rtspec: ${file} cannot be read, so every story is run again.`)
    return 0
  }
}

function remember(file: string, played: number): void {
  mkdirSync(folder, { recursive: true })
  writeWhole(file, `${JSON.stringify({ version: 1, played })}\n`)
}
