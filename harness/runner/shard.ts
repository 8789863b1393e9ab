// A run in parts, so that several machines share it: which part plays which case is settled by names alone.
import type { Scenario } from "../script/scenario.ts"
import { UsageFault } from "./faults.ts"
import type { SuiteSubject } from "./player.ts"
import { isOfProtocol } from "./suite.ts"

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** Reads `2/3`. Throws UsageFault. */
export function parseShard(text: string): Shard {
  const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new UsageFault(`--shard takes I/N with I from 1 to N, such as 2/3, not "${text}".`)
  return { index, of }
}

/** Whether the shard plays a case. Cases of one scenario and subject, in all its versions, stay together, because a ledger
 * speaks of them together; so do all cases of a subject that `isJudgedWhole`. The parts of a run have each case once. */
export function shareOf(
  { index, of }: Shard,
  subjects: readonly SuiteSubject[],
  scenarios: readonly Scenario[],
  isJudgedWhole: (name: string) => boolean,
): (subject: SuiteSubject, scenario: Scenario) => boolean {
  const turns = new Map<string, number>()
  const unit = ({ name }: SuiteSubject, { id }: Scenario) => (isJudgedWhole(name) ? name : `${name} ${id}`)
  for (const subject of subjects)
    for (const scenario of scenarios) {
      if (!isOfProtocol(subject, scenario)) continue
      const key = unit(subject, scenario)
      if (!turns.has(key)) turns.set(key, turns.size)
    }
  return (subject, scenario) => (turns.get(unit(subject, scenario)) ?? 0) % of === index - 1
}
