// The failures of a run by what is said of them: many stories show one bug, and a person wants to read each bug once.
import type { Failure } from "./examine.ts"
import { keyOf, saidBy } from "./wording.ts"

export interface Kind {
  readonly invariant: string
  /** What is said of the least of them. */
  readonly message: string
  readonly ids: readonly string[]
  /** The shortest story of them, and of those the one with the fewest faults. */
  readonly least: string
}

/** The most frequent first, then the first found. */
export function kindsOf(failures: readonly Failure[]): Kind[] {
  const groups = new Map<string, Failure[]>()
  for (const failure of failures) {
    const kind = keyOf(saidBy({ invariant: failure.invariant, message: messageOf(failure) }))
    groups.set(kind, [...(groups.get(kind) ?? []), failure])
  }
  return [...groups.values()]
    .flatMap((alike) => {
      const [least] = [...alike].sort((a, b) => lengthOf(a) - lengthOf(b))
      if (!least) return []
      return { invariant: least.invariant, message: messageOf(least), ids: alike.map(({ id }) => id), least: least.id }
    })
    .sort((a, b) => b.ids.length - a.ids.length)
}

const messageOf = ({ invariant, result }: Failure): string =>
  result.violations.find((each) => each.invariant === invariant)?.message ?? result.because

/** A fault weighs less than a step. */
const lengthOf = ({ tale }: Failure): number => tale.beats.length * 100 + tale.faults.length
