// What changed between two runs: cases that got worse or better, that are new, that are gone.
import { caseKey } from "./case-key.ts"
import type { ResultRow, ResultsFile } from "./results.ts"

export interface Change {
  readonly scenario: string
  readonly subject: string
  readonly version: string
  /** Absent where the one run did not have the case. */
  readonly before?: ResultRow["verdict"]
  readonly after?: ResultRow["verdict"]
  /** Invariants that are broken in the later run alone, or, of what got better or is gone, in the earlier alone. */
  readonly invariants: readonly string[]
}

export interface Difference {
  readonly worse: readonly Change[]
  readonly better: readonly Change[]
  /** In the later run alone. One that fails is no worsening: nobody knows how it was. */
  readonly added: readonly Change[]
  readonly gone: readonly Change[]
}

/** From bad to good. A case that fails is worse than one that came to no verdict, and that is worse than a pass; what was
 * not played at all says nothing, so that to fall silent is worse than to pass, and better than to fail. */
const goodness: Readonly<Record<ResultRow["verdict"], number>> = {
  broken: 0,
  fail: 1,
  inconclusive: 2,
  "not-installed": 3,
  unsupported: 3,
  pass: 4,
}

export function compareResults(before: ResultsFile, after: ResultsFile): Difference {
  const earlier = new Map(before.rows.map((row) => [caseKey(row), row]))
  const later = new Map(after.rows.map((row) => [caseKey(row), row]))
  const worse: Change[] = []
  const better: Change[] = []
  for (const [key, row] of later) {
    const old = earlier.get(key)
    if (!old) continue
    const by = goodness[row.verdict] - goodness[old.verdict]
    const newlyBroken = row.invariants.filter((id) => !old.invariants.includes(id))
    const mended = old.invariants.filter((id) => !row.invariants.includes(id))
    if (by < 0 || (by === 0 && newlyBroken.length > 0)) worse.push(change(row, old, newlyBroken))
    else if (by > 0 || mended.length > 0) better.push(change(row, old, mended))
  }
  const onlyIn = (rows: ResultsFile["rows"], others: ReadonlyMap<string, ResultRow>) =>
    rows.filter((row) => !others.has(caseKey(row)))
  return {
    worse,
    better,
    added: onlyIn(after.rows, earlier).map((row) => change(row, undefined, row.invariants)),
    gone: onlyIn(before.rows, later).map((row) => change(undefined, row, row.invariants)),
  }
}

function change(after: ResultRow | undefined, before: ResultRow | undefined, invariants: readonly string[]): Change {
  const row = after ?? before
  return {
    ...{ scenario: row?.scenario ?? "", subject: row?.subject ?? "", version: row?.version ?? "" },
    ...(before ? { before: before.verdict } : {}),
    ...(after ? { after: after.verdict } : {}),
    invariants,
  }
}
