// What a subject's tales have shown so far, and the tales that showed something new: the next ones begin from them.
import type { Outcome } from "../runner/outcome.ts"
import type { Dice } from "./dice.ts"
import type { Tale } from "./tale.ts"

/** More would make the old ones come up too seldom. */
const keptAtMost = 400

export interface Corpus {
  /** Notes what a tale showed; whether any of it was new. */
  learn(tale: Tale, outcome: Outcome): boolean
  /** One of the tales kept, the latest twice as often as the earlier ones; undefined where there is none. */
  pick(dice: Dice): Tale | undefined
  readonly features: number
  readonly tales: readonly Tale[]
}

export function createCorpus(): Corpus {
  const seen = new Set<number>()
  const kept: Tale[] = []
  return {
    learn(tale, { features, verdict }) {
      const before = seen.size
      for (const feature of features) seen.add(feature)
      const isNew = seen.size > before
      if (isNew && verdict !== "broken") {
        kept.push(tale)
        if (kept.length > keptAtMost) kept.shift()
      }
      return isNew
    },
    pick(dice) {
      if (kept.length === 0) return undefined
      const from = dice.once(2) ? Math.floor(kept.length / 2) : 0
      return kept[dice.between(from, kept.length - 1)]
    },
    get features() {
      return seen.size
    },
    get tales() {
      return kept
    },
  }
}
