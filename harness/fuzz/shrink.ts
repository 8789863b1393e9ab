// Shrinking: the least tale that still fails in the same way. Greedy: the first simpler tale that fails is where it goes on.
import { renamed } from "./rename.ts"
import { simplerTales } from "./simpler.ts"
import type { Tale } from "./tale.ts"

export interface Shrunk {
  readonly tale: Tale
  /** How many tales were played on the way. */
  readonly tries: number
  /** False where it gave up before nothing more could be left out. */
  readonly isMinimal: boolean
}

/** `fails` plays a tale and says whether it fails in the same way; it is asked for no tale twice. `keepNames`: requests and
 * responses bear the names that a person gave them. */
export async function shrink(
  tale: Tale,
  fails: (tale: Tale) => Promise<boolean>,
  { triesAtMost = 600, keepNames = false }: { triesAtMost?: number; keepNames?: boolean } = {},
): Promise<Shrunk> {
  const asked = new Set([JSON.stringify(tale)])
  let best = tale
  let tries = 0
  const next = async (): Promise<Tale | undefined> => {
    for (const simpler of simplerTales(best)) {
      const text = JSON.stringify(simpler)
      if (asked.has(text)) continue
      asked.add(text)
      if (++tries > triesAtMost) return undefined
      if (await fails(simpler)) return simpler
    }
    return undefined
  }
  for (let found = await next(); found; found = await next()) best = found
  const plain = keepNames ? best : renamed(best)
  if (tries <= triesAtMost && JSON.stringify(plain) !== JSON.stringify(best) && (await fails(plain))) best = plain
  return { tale: best, tries: Math.min(tries, triesAtMost), isMinimal: tries <= triesAtMost }
}
