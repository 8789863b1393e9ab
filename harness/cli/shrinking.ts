// What shrinking needs of a client: its process and the reference client's, and the bugs that its ledger knows of.
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { SubjectEntry } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { type Bug, bugsIn } from "../fuzz/bugs.ts"
import { openPool, type Pool } from "../fuzz/pool.ts"
import { UsageFault } from "../runner/faults.ts"
import { readLedger } from "../runner/ledger.ts"
import type { SuiteSubject } from "../runner/player.ts"
import type { CaseResult } from "../runner/result.ts"
import { parseRepro, type Repro, reproText } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"

export interface Pair {
  readonly subject: Pool
  /** It lives through everything, and so through what is left of a scenario. */
  readonly reference: Pool
  stop(): void
}

export function openPair(client: SuiteSubject, seed: string): Pair {
  const { protocol } = client
  const wishes = { transport: "memory", seed, strict: false } as const
  const subject = openPool(client, 1, wishes)
  const model = protocol === "realtime" ? "reference" : "reference-responses"
  const reference = openPool({ name: model, version: "1", protocol, installed: true }, 1, wishes)
  const stop = () => {
    subject.stop()
    reference.stop()
  }
  return { subject, reference, stop }
}

export const storiesFor = ({ protocol }: Pick<SuiteSubject, "protocol">): Scenario[] =>
  scenarios.filter((each) => (each.protocol ?? "realtime") === protocol)

export interface LedgerBugs {
  readonly bugs: readonly Bug[]
  /** Of the catalogue, played for this. */
  readonly results: readonly CaseResult[]
}

/** Throws UsageFault where the client has no ledger. */
export async function bugsOf(entry: SubjectEntry, subject: Pool): Promise<LedgerBugs> {
  const file = entry.ledger === undefined ? "" : fileURLToPath(entry.ledger)
  if (!existsSync(file)) throw new UsageFault(`${entry.name} has no ledger; name a --scenario that it fails.`)
  const stories = storiesFor(entry)
  const ids = new Set(stories.map(({ id }) => id))
  const { lines } = readLedger(file, ids, new Set(invariants.map(({ id }) => id)))
  const results: CaseResult[] = []
  for (const story of stories) results.push(await subject.play(story))
  return { bugs: bugsIn(results, lines, stories), results }
}

/** The file's text. Throws an Error where it could not be read again. */
export function textOf(repro: Repro): string {
  const text = reproText(repro)
  const parsed = parseRepro(text)
  if ("wrong" in parsed) throw new Error(`the shrunk ${repro.id} ${parsed.wrong}`)
  return text
}
