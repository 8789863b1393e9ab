// A campaign: generated cases against one subject, until its budget is spent. What comes of them is the same for the same
// seed, however many processes play: each tale is made from what was learnt up to a fixed distance behind it.
import type { Outcome } from "../runner/outcome.ts"
import { createRandom } from "../sim/random.ts"
import { type Corpus, createCorpus } from "./corpus.ts"
import { createDice } from "./dice.ts"
import type { Examiner } from "./examine.ts"
import type { Pool } from "./pool.ts"
import { type Tale, tellTale } from "./tale.ts"
import { vary } from "./vary.ts"
import { type Ground, tellByChance } from "./walk.ts"

/** Cases in one message, and batches that may be under way at a time. */
const batchSize = 32
/** Much is found at once: the first cases come in small batches, so that nobody waits for what is not needed any more. */
const [firstCases, firstBatchSize] = [64, 8]
const batchesAhead = 4
/** Until then almost every tale shows something new. Even later bugs are found sooner by tales that are made from nothing, and by
 * those made from others only a little more is seen: so it is one in eight (reports/fuzzing.md). */
const [steersFrom, steersOnceIn] = [1_000, 8]

export interface Campaign {
  readonly ground: Ground
  readonly seed: string
  readonly pool: Pool
  readonly examiner: Examiner
  /** At most so many cases; absent: until `isOver` says so. */
  readonly cases?: number
  isOver(): boolean
  /** False: every tale is made from nothing. */
  readonly steers: boolean
  /** Tales of earlier runs: the first cases are these, and the next are made from them. */
  readonly begins?: readonly Tale[]
  onProgress(progress: Progress): void
}

export interface Progress {
  readonly cases: number
  readonly transitions: ReadonlySet<string>
  readonly goals: ReadonlySet<string>
  readonly features: number
  readonly verdicts: Readonly<Record<string, number>>
}

interface Batch {
  readonly tales: readonly Tale[]
  readonly outcomes: Promise<readonly Outcome[]>
}

export interface Campaigned {
  readonly progress: Progress
  /** What showed something new. */
  readonly tales: readonly Tale[]
}

/** Resolves to what the campaign came to. */
export async function runCampaign(campaign: Campaign): Promise<Campaigned> {
  const { cases = Number.POSITIVE_INFINITY, pool, examiner } = campaign
  const corpus = createCorpus()
  const transitions = new Set<string>()
  const goals = new Set<string>()
  const verdicts: Record<string, number> = {}
  const underWay: Batch[] = []
  let told = 0
  let played = 0
  const progress = () => ({ cases: played, transitions, goals, features: corpus.features, verdicts })
  const fill = () => {
    while (underWay.length < batchesAhead && told < cases && !campaign.isOver()) {
      const count = Math.min(told < firstCases ? firstBatchSize : batchSize, cases - told)
      const tales = Array.from({ length: count }, (_, at) => nextTale(campaign, corpus, told + at))
      const scenarios = tales.map((tale, at) => tellTale(tale, `fuzz/${told + at + 1}`))
      told += count
      underWay.push({ tales, outcomes: pool.playBatch(scenarios) })
    }
  }
  fill()
  for (let batch = underWay.shift(); batch; batch = underWay.shift()) {
    const outcomes = await batch.outcomes
    for (const [at, outcome] of outcomes.entries()) {
      const tale = batch.tales[at]
      if (!tale) continue
      played += 1
      verdicts[outcome.verdict] = (verdicts[outcome.verdict] ?? 0) + 1
      for (const each of outcome.transitions) transitions.add(each)
      for (const each of outcome.goals) goals.add(each)
      corpus.learn(tale, outcome)
      if (outcome.verdict === "fail" || outcome.verdict === "broken") await examiner.examine(tale, outcome, played)
      if (examiner.isDone) break
    }
    campaign.onProgress(progress())
    if (examiner.isDone || campaign.isOver()) break
    fill()
  }
  return { progress: progress(), tales: corpus.tales }
}

/** Once much was seen, some tales are made from one that showed something new; from those of earlier runs, every second is. */
function nextTale({ ground, seed, steers, begins = [] }: Campaign, corpus: Corpus, number: number): Tale {
  const kept = begins[number]
  if (kept) return kept
  const own = `${seed}/case ${number}`
  const dice = createDice(createRandom(`${own}/from`))
  const isSteered = begins.length > 0 ? dice.once(2) : number >= steersFrom && dice.once(steersOnceIn)
  const parent = steers && isSteered ? corpus.pick(dice) : undefined
  return parent ? vary(own, ground, parent) : tellByChance(own, ground)
}
