// How a run's processes and time are shared out among its subjects: the canaries first, then as many subjects at a time as
// there are processes, and who is done early leaves its time to the others.
import type { Target } from "./fuzz-targets.ts"

export interface Share {
  /** From 1; later rounds are for those of which more is wanted. */
  readonly round: number
  /** Processes. */
  readonly jobs: number
  /** By the clock of `now`. */
  readonly until: number
}

export interface Sharing {
  readonly targets: readonly Target[]
  readonly jobs: number
  /** Milliseconds by the clock of `now`; infinite: each takes what it takes, once. */
  readonly deadline: number
  now(): number
  isStopped(): boolean
  /** It is a mutant, and was not found yet. */
  isWanting(target: Target): boolean
  play(target: Target, share: Share): Promise<void>
}

/** A canary gets no more of the time. */
const canaryShare = 1 / 4
/** Rounds of less are not begun: what remains goes to whoever comes first. */
const shortestMs = 250

export async function shareOut(sharing: Sharing): Promise<void> {
  const { targets, jobs, deadline, now, isWanting, play } = sharing
  const isTimeUp = () => sharing.isStopped() || now() >= deadline
  for (const target of targets.filter(({ isCanary }) => isCanary))
    if (!isTimeUp()) await play(target, { round: 1, jobs, until: now() + (deadline - now()) * canaryShare })
  const asked = targets.filter(({ isCanary }) => !isCanary)
  for (let round = 1; round === 1 || deadline < Number.POSITIVE_INFINITY; round++) {
    const left = round === 1 ? [...asked] : asked.filter(isWanting)
    if (left.length === 0 || isTimeUp()) return
    const atATime = Math.min(jobs, left.length)
    const perSubject = Math.max(1, Math.floor(jobs / left.length))
    const work = async () => {
      for (let target = left.shift(); target && !isTimeUp(); target = left.shift()) {
        const fair = ((deadline - now()) * atATime) / (left.length + atATime)
        // Most mutants are found at once: the first round is a quick one, and leaves time for those that are not.
        const isMore = target.caughtBy !== undefined && fair > 2 * shortestMs
        await play(target, { round, jobs: perSubject, until: now() + (isMore ? fair / 2 : fair) })
      }
    }
    await Promise.all(Array.from({ length: atATime }, work))
  }
}
