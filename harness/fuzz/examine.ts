// What is done with a case that failed: it is played again, shrunk, put into its bucket, and, if that is new, explained
// and handed on to be kept.
import type { Outcome } from "../runner/outcome.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Trace } from "../trace/trace.ts"
import { bucketId } from "./bucket.ts"
import { explain } from "./explain.ts"
import { createPatience, saidIn } from "./patience.ts"
import type { Pool } from "./pool.ts"
import { shrink } from "./shrink.ts"
import { type Tale, tellTale } from "./tale.ts"
import { type Said, says } from "./wording.ts"

export interface Failure {
  readonly id: string
  readonly invariant: string
  /** The least tale that fails so, and what came of it. */
  readonly tale: Tale
  readonly result: CaseResult
  /** For each step of the tale, whether other words, numbers or names fail as well. */
  readonly isFree: readonly boolean[]
  /** The case, from 1, that failed first, and how long its tale was. */
  readonly foundAt: number
  readonly stepsBefore: number
  readonly tries: number
  readonly isMinimal: boolean
}

/** A case that failed and, played again, did not. */
export interface Flaky {
  /** The bucket of the whole tale: what does not fail again cannot be shrunk. */
  readonly id: string
  readonly tale: Tale
  readonly invariant: string
  readonly foundAt: number
  /** Of the second play. */
  readonly result: CaseResult
  /** Of both plays; undefined where the process was lost. */
  readonly traces: readonly (Trace | undefined)[]
}

export interface Examiner {
  examine(tale: Tale, outcome: Outcome, number: number): Promise<void>
  /** How many cases fell into each bucket, by its id. */
  readonly counts: ReadonlyMap<string, number>
  /** Failures that were not looked into, because those like them had all been known. */
  readonly passedOver: number
  /** What was looked for alone has been found. */
  readonly isDone: boolean
}

export interface ExaminerOptions {
  readonly subject: string
  readonly pool: Pick<Pool, "play">
  readonly signal?: AbortSignal
  /** Look into failures by this invariant alone; of a mutant the others say nothing. */
  readonly only?: string
  onFailure(failure: Failure): void
  onFlaky(flaky: Flaky): void
}

/** Whether a result fails by an invariant, whatever is said of it. */
export function failsBy({ verdict, violations, because }: CaseResult, invariant: string): boolean {
  if (verdict === "broken") return invariant === `broken: ${because}`
  return verdict === "fail" && violations.some((violation) => violation.invariant === invariant)
}

export function createExaminer({ subject, pool, signal, only, onFailure, onFlaky }: ExaminerOptions): Examiner {
  const counts = new Map<string, number>()
  const patience = createPatience()
  let passedOver = 0
  const play = (tale: Tale) => pool.play(tellTale(tale, "fuzz/shrinking"))
  const idOf = (invariant: string, tale: Tale) => bucketId(subject, invariant.replace(/:.*/, ""), tale)
  const lookInto = async (said: Said, tale: Tale, outcome: Outcome, number: number) => {
    const { invariant } = said
    // In the same words, or shrinking slides from a rare failure into a well-known one. A mutant has one bug.
    const isIt = (result: CaseResult) =>
      only === undefined && outcome.verdict === "fail" ? says(result, said) : failsBy(result, invariant)
    const fails = async (each: Tale) => signal?.aborted !== true && isIt(await play(each))
    const again = await pool.play(tellTale(tale, "fuzz/again"), { keepTrace: true })
    if (signal?.aborted) return
    if (!isIt(again)) {
      const traces = [outcome.trace, again.trace]
      onFlaky({ id: idOf(invariant, tale), tale, invariant, foundAt: number, result: again, traces })
      return
    }
    const shrunk = await shrink(tale, fails)
    if (signal?.aborted) return
    const id = idOf(invariant, shrunk.tale)
    const isNew = !counts.has(id)
    counts.set(id, (counts.get(id) ?? 0) + 1)
    patience.note(said, isNew)
    if (!isNew || signal?.aborted) return
    const result = await pool.play(tellTale(shrunk.tale, `fuzz/${id}`))
    const isFree = await explain(shrunk.tale, fails)
    const { tries, isMinimal } = shrunk
    const told = { foundAt: number, stepsBefore: tale.beats.length, tries, isMinimal }
    onFailure({ id, invariant, tale: shrunk.tale, result, isFree, ...told })
  }
  return {
    async examine(tale, outcome, number) {
      if (signal?.aborted) return
      // What is known of a subject does not hide what is new in the same case.
      const wanted = saidIn(outcome).filter(({ invariant }) => only === undefined || invariant === only)
      const said = wanted.find((each) => !patience.isSpent(each))
      if (said === undefined) passedOver += 1
      else await lookInto(said, tale, outcome, number)
    },
    counts,
    get passedOver() {
      return passedOver
    },
    get isDone() {
      return only !== undefined && counts.size > 0
    },
  }
}
