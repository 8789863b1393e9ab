// Bugs, one after the other, each as the least story that shows it; those whose least stories are alike are one.
import type { Repro } from "../script/repro.ts"
import { shapeOf } from "./bucket.ts"
import type { Bug } from "./bugs.ts"
import { type ShrinkOptions, type ShrunkScenario, shrinkScenario, taleOf } from "./shrink-scenario.ts"

export interface Shown {
  readonly bug: Bug
  /** Of its own repro, had there been none that shows it. */
  readonly id: string
  /** The repro that shows it, which may be that of an earlier bug, or why there is none. */
  readonly by: Repro | string
  /** Where it has a repro of its own. */
  readonly own?: ShrunkScenario
}

export interface ShrinkBugs extends Pick<ShrinkOptions, "seed" | "subject" | "reference"> {
  /** The client, as it begins the names of its repros. */
  readonly name: string
}

export async function* shrinkBugs(bugs: readonly Bug[], { name, ...options }: ShrinkBugs): AsyncGenerator<Shown> {
  const kept: Repro[] = []
  for (const bug of bugs) {
    const { invariant, scenario } = bug
    const id = `${name}-${invariant}-${scenario.id.replace(/^.*\//, "")}`
    const shrunk = await shrinkScenario(scenario, { id, invariant, ...options })
    if (typeof shrunk === "string") {
      yield { bug, id, by: shrunk }
      continue
    }
    const twin = kept.find((each) => isOneBug(each, shrunk.repro))
    if (twin) yield { bug, id, by: twin }
    else {
      kept.push(shrunk.repro)
      yield { bug, id, by: shrunk.repro, own: shrunk }
    }
  }
}

/** Steps of the same kinds, in the same order, that break the same: other words and numbers make no other bug. */
function isOneBug(kept: Repro, { invariant, scenario }: Repro): boolean {
  const breaks = kept.invariant === invariant || kept.also?.includes(invariant) === true
  return breaks && shapeOf(taleOf(kept.scenario)) === shapeOf(taleOf(scenario))
}
