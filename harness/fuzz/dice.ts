// Choosing by chance, from a seed.
import type { Random } from "../sim/random.ts"

export interface Dice {
  /** A whole number, both ends included. */
  between(from: number, to: number): number
  /** True once in `times`. */
  once(times: number): boolean
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T
  /** One of them, by weight; undefined where all weigh nothing. */
  weigh<T>(from: readonly T[], weight: (each: T) => number): T | undefined
}

export function createDice(random: Random): Dice {
  const between = (from: number, to: number) => random.integer(from, to)
  return {
    between,
    once: (times) => between(1, times) === 1,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new Error("there is nothing to pick from")
      return from[between(0, from.length - 1)] as T
    },
    weigh(from, weight) {
      const total = from.reduce((sum, each) => sum + weight(each), 0)
      if (total <= 0) return undefined
      let left = random.fraction() * total
      for (const each of from) {
        left -= weight(each)
        if (left < 0 && weight(each) > 0) return each
      }
      return from.findLast((each) => weight(each) > 0)
    },
  }
}
