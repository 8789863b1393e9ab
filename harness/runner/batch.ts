// Many generated cases in the subject's own process: of each only what the fuzzer has to know, and nothing that an earlier
// case of this process has told it already.
import type { CaseWorld } from "./case.ts"
import type { BatchMessage } from "./messages.ts"
import { inShort, isBusyForEver, type Outcome } from "./outcome.ts"
import { runRelated } from "./related.ts"

/** By subject: a process may be opened again. */
const seenOf = new WeakMap<CaseWorld, Set<number | string>>()

/** Plays them in order, up to one that keeps this process busy for ever: another must play the rest. */
export async function runBatch(
  world: CaseWorld,
  { cases, seed, strict, dialect }: Omit<BatchMessage, "type" | "number">,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const seen = seenOf.get(world) ?? new Set()
  seenOf.set(world, seen)
  // Single cases may have been played in between.
  world.coverage?.taken()
  for (const scenario of cases) {
    const result = await runRelated(world, { scenario, seed, strict, dialect, keepTrace: true })
    outcomes.push(inShort(result, seen, world.coverage?.taken()))
    if (isBusyForEver(result)) break
  }
  return outcomes
}
