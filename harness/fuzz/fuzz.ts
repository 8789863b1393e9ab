// One subject, fuzzed: its processes, its campaign, and what to make of the failures.
import type { Spares, SuiteSubject } from "../runner/player.ts"
import { type Progress, runCampaign } from "./campaign.ts"
import { createExaminer, type Failure, type Flaky } from "./examine.ts"
import { openPool } from "./pool.ts"
import type { Oracle } from "./swarm.ts"
import type { Tale } from "./tale.ts"

export interface FuzzOptions {
  readonly subject: SuiteSubject
  readonly seed: string
  readonly oracle: Oracle
  readonly jobs: number
  readonly cases?: number
  /** Real time is up, or enough was found. Asked between batches. */
  isOver(): boolean
  readonly signal?: AbortSignal
  /** Where its processes come from, and go in the end. */
  readonly spares?: Spares
  /** Look into failures by this invariant alone. */
  readonly only?: string
  /** Default: true. */
  readonly steers?: boolean
  /** Steer by the subject's code, too. */
  readonly coverage?: boolean
  /** Tales of earlier runs. */
  readonly begins?: readonly Tale[]
  readonly hostFile?: string
  onFailure(failure: Failure): void
  onFlaky(flaky: Flaky): void
  onProgress(progress: Progress): void
}

export interface Fuzzed {
  readonly progress: Progress
  readonly counts: ReadonlyMap<string, number>
  /** Failures like those that were known, and not looked into. */
  readonly passedOver: number
  /** What showed something new. */
  readonly tales: readonly Tale[]
}

/** The subject's own chance in every generated case: tales differ, not clients. */
export const caseSeed = "fuzz"

/** Resolves to a sentence where the subject cannot be used. */
export async function fuzzSubject(options: FuzzOptions): Promise<Fuzzed | string> {
  const { subject, seed, oracle, cases, signal, spares, hostFile } = options
  const pool = openPool(subject, options.jobs, {
    ...{ transport: "memory", seed: caseSeed, strict: false },
    ...(spares ? { spares } : {}),
    ...(signal ? { signal } : {}),
    ...(hostFile ? { hostFile } : {}),
    ...(options.coverage ? { coverage: true } : {}),
  })
  try {
    const about = await pool.about()
    if (typeof about === "string") return about
    const { onFailure, onFlaky, onProgress } = options
    const examiner = createExaminer({
      ...{ subject: subject.name, pool, onFailure, onFlaky },
      ...(signal ? { signal } : {}),
      ...(options.only === undefined ? {} : { only: options.only }),
    })
    const { progress, tales } = await runCampaign({
      ground: { protocol: about.protocol, can: about.can, oracle },
      seed: `${seed}/${subject.name}@${subject.version}`,
      ...{ pool, examiner, onProgress, steers: options.steers ?? true },
      ...(cases === undefined ? {} : { cases }),
      ...(options.begins ? { begins: options.begins } : {}),
      isOver: () => signal?.aborted === true || options.isOver(),
    })
    return { progress, counts: examiner.counts, passedOver: examiner.passedOver, tales }
  } finally {
    pool.stop()
  }
}
