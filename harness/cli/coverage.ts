// What a full run must have reached: every goal, and every transition of the protocol that has no excuse.
import { goals } from "../checks/goals.ts"
import { TRANSITIONS, transitionId } from "../protocol/realtime/transitions.ts"
import { unreachedBecause } from "../protocol/realtime/unreached.ts"
import type { Coverable, ResultsFile } from "../report/results.ts"

/** All that there is to reach. */
export const coverable: Coverable = {
  goals: goals.map(({ id }) => id),
  transitions: TRANSITIONS.map((transition) => {
    const id = transitionId(transition)
    return { id, because: unreachedBecause[id] ?? "" }
  }),
}

const says = new Map(goals.map(({ id, says }) => [id, says]))

/** Sentences, one for each thing that a full run should have reached and did not. */
export function shortfall({ goals: { unreached }, transitions }: Pick<ResultsFile, "goals" | "transitions">): string[] {
  const inexcusable = transitions.unreached.filter(({ because }) => because === "")
  return [
    ...unreached.map((id) => `no case reached the goal ${id}: ${says.get(id)}; a scenario must bring it about.`),
    ...inexcusable.map(
      ({ id }) =>
        `no case took the transition "${id}"; a scenario must, or harness/protocol/realtime/unreached.ts must say why none can.`,
    ),
  ]
}
