// A generated case, and where its faults must be invisible, the same without them: the two must look alike to the app.
import { areInvisible, unlikeCalm } from "../checks/relations.ts"
import { type CaseOptions, type CaseWorld, runCase } from "./case.ts"
import type { CaseResult } from "./result.ts"

/** As runCase, with the relation. The calm case is played only where the faulted one gave no other failure. */
export async function runRelated(world: CaseWorld, options: CaseOptions): Promise<CaseResult> {
  const result = await runCase(world, options)
  const { scenario } = options
  const { faults = [], schedule } = scenario
  const isJudged = result.verdict === "pass" || result.verdict === "inconclusive"
  // In a story that counts deliveries, one more is another story.
  if (!isJudged || !areInvisible(faults) || schedule || !result.trace) return result
  const { onEntry: _, ...quietly } = options
  const calm = await runCase(world, { ...quietly, keepTrace: true, scenario: { ...scenario, faults: [] } })
  const violation = calm.trace && unlikeCalm(calm.trace, result.trace)
  return violation ? { ...result, verdict: "fail", because: "", violations: [violation] } : result
}
