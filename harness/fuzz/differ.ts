// Two subjects on the same stories: where one passes and the other fails. What both can do is told, and what both fail by
// says something of the story or of us rather than of either.
import type { Outcome } from "../runner/outcome.ts"
import { failsBy } from "./examine.ts"
import type { Pool } from "./pool.ts"
import { shrink } from "./shrink.ts"
import type { Oracle } from "./swarm.ts"
import { type Tale, tellTale } from "./tale.ts"
import { tellByChance } from "./walk.ts"

const batchSize = 32

export interface Difference {
  /** 0 or 1: which of the two fails. */
  readonly fails: 0 | 1
  readonly invariant: string
  /** The least tale in which that one fails so and the other passes. */
  readonly tale: Tale
  /** The case, from 1, that showed it first. */
  readonly foundAt: number
}

export interface Differing {
  readonly pools: readonly [Pool, Pool]
  readonly seed: string
  readonly oracle: Oracle
  readonly cases: number
  /** Asked between batches. */
  isOver(): boolean
  /** The first of its bucket, which is whose failure it is and by which invariant. */
  onDifference(difference: Difference): void
  onProgress(cases: number): void
}

export interface Differed {
  readonly cases: number
  /** How many cases fell into each bucket, by `0 INVARIANT` or `1 INVARIANT`. */
  readonly counts: ReadonlyMap<string, number>
  readonly bothPassed: number
  readonly bothFailed: number
}

/** Resolves to a sentence where the two have no story in common. */
export async function differ(options: Differing): Promise<Differed | string> {
  const [one, other] = [await options.pools[0].about(), await options.pools[1].about()]
  if (typeof one === "string") return one
  if (typeof other === "string") return other
  const { protocol } = one
  if (protocol !== other.protocol)
    return `${one.name} speaks ${protocol} and ${other.name} ${other.protocol}: no story is told to both`
  const ground = { protocol, can: one.can.filter((each) => other.can.includes(each)), oracle: options.oracle }
  const counts = new Map<string, number>()
  const sum = { cases: 0, bothPassed: 0, bothFailed: 0 }
  while (sum.cases < options.cases && !options.isOver()) {
    const count = Math.min(batchSize, options.cases - sum.cases)
    const tales = Array.from({ length: count }, (_, at) =>
      tellByChance(`${options.seed}/case ${sum.cases + at}`, ground),
    )
    const scenarios = tales.map((tale, at) => tellTale(tale, `differ/${sum.cases + at + 1}`))
    const [ones, others] = await Promise.all(options.pools.map((pool) => pool.playBatch(scenarios)))
    for (const [at, tale] of tales.entries()) {
      const pair = [ones?.[at], others?.[at]] as const
      sum.cases += 1
      if (pair.every((each) => each?.verdict === "pass")) sum.bothPassed += 1
      if (pair.every((each) => each?.verdict === "fail")) sum.bothFailed += 1
      await compare(tale, pair, sum.cases, counts, options)
    }
    options.onProgress(sum.cases)
  }
  return { ...sum, counts }
}

async function compare(
  tale: Tale,
  pair: readonly [Outcome | undefined, Outcome | undefined],
  foundAt: number,
  counts: Map<string, number>,
  { pools, onDifference }: Differing,
): Promise<void> {
  const fails = ([0, 1] as const).find((at) => pair[at]?.verdict === "fail" && pair[1 - at]?.verdict === "pass")
  if (fails === undefined) return
  const invariant = pair[fails]?.violations[0]?.invariant ?? "nothing"
  const bucket = `${fails} ${invariant}`
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  if (counts.get(bucket) !== 1) return
  const isSo = async (each: Tale) => {
    const scenario = tellTale(each, "differ/shrinking")
    const [result, calm] = await Promise.all([pools[fails].play(scenario), pools[fails === 0 ? 1 : 0].play(scenario)])
    return failsBy(result, invariant) && calm.verdict === "pass"
  }
  const shrunk = await shrink(tale, isSo)
  onDifference({ fails, invariant, tale: shrunk.tale, foundAt })
}
