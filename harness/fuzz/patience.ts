// How long failures that say the same are still worth a look.
import type { Outcome } from "../runner/outcome.ts"
import { keyOf, type Said, saidBy } from "./wording.ts"

export interface Patience {
  /** Whether this one is to be passed over; each time that is said, one of those to be passed over is spent. */
  isSpent(said: Said): boolean
  /** What came of a look: a new shape, or one that is known. */
  note(said: Said, isNew: boolean): void
}

/** Many stories show one bug: after so many shapes of a kind, one more is no news. */
const shapesOfAKind = 3

/** Shrinking costs hundreds of cases. While failures of a kind keep turning out to be known, ever fewer of them are looked
 * into: after the nth in a row, 2^n are passed over, and at most 256. */
export function createPatience(): Patience {
  const known = new Map<string, { inARow: number; shapes: number; left: number }>()
  return {
    isSpent(said) {
      const state = known.get(keyOf(said))
      if (!state || state.left === 0) return false
      state.left -= 1
      return true
    },
    note(said, isNew) {
      const before = known.get(keyOf(said)) ?? { inARow: 0, shapes: 0 }
      const shapes = before.shapes + (isNew ? 1 : 0)
      const inARow = isNew && shapes <= shapesOfAKind ? 0 : before.inARow + 1
      known.set(keyOf(said), { inARow, shapes, left: inARow === 0 ? 0 : 2 ** Math.min(8, inARow) })
    },
  }
}

/** What is said of a case, each once, in the order of the violations. What is broken says why instead of an invariant. */
export function saidIn({ verdict, violations, because }: Pick<Outcome, "verdict" | "violations" | "because">): Said[] {
  if (verdict === "broken") return [{ invariant: `broken: ${because}`, wording: "" }]
  return [...new Map(violations.map(saidBy).map((said) => [keyOf(said), said])).values()]
}
