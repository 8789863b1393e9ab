// How long failures of a kind are still worth a look. A kind is what is said of a failure: an invariant, and its words without names.
import type { Outcome } from "../runner/outcome.ts"
import { wordingOf } from "./wording.ts"

export interface Kind {
  readonly invariant: string
  /** Empty: whatever is said. */
  readonly wording: string
}

export interface Patience {
  /** Whether this one is to be passed over; each time that is said, one of those to be passed over is spent. */
  isSpent(kind: Kind): boolean
  /** What came of a look: a new shape, or one that is known. */
  note(kind: Kind, isNew: boolean): void
}

/** Many stories show one bug: after so many shapes of a kind, one more is no news. */
const shapesOfAKind = 3

/** Shrinking costs hundreds of cases. While failures of a kind keep turning out to be known, ever fewer of them are looked
 * into: after the nth in a row, 2^n are passed over, and at most 256. */
export function createPatience(): Patience {
  const known = new Map<string, { inARow: number; shapes: number; left: number }>()
  return {
    isSpent(kind) {
      const state = known.get(keyOf(kind))
      if (!state || state.left === 0) return false
      state.left -= 1
      return true
    },
    note(kind, isNew) {
      const before = known.get(keyOf(kind)) ?? { inARow: 0, shapes: 0 }
      const shapes = before.shapes + (isNew ? 1 : 0)
      const inARow = isNew && shapes <= shapesOfAKind ? 0 : before.inARow + 1
      known.set(keyOf(kind), { inARow, shapes, left: inARow === 0 ? 0 : 2 ** Math.min(8, inARow) })
    },
  }
}

const keyOf = ({ invariant, wording }: Kind) => `${invariant}\n${wording}`

/** What is said of a case, each kind once, in the order of the violations. */
export function kindsIn({ verdict, violations, because }: Pick<Outcome, "verdict" | "violations" | "because">): Kind[] {
  if (verdict === "broken") return [{ invariant: `broken: ${because}`, wording: "" }]
  const kinds = violations.map((violation) => ({ invariant: violation.invariant, wording: wordingOf(violation) }))
  return [...new Map(kinds.map((kind) => [keyOf(kind), kind])).values()]
}
