// What a full run must have reached: every goal, and every transition of the protocol that has no excuse.
import { goalsOf } from "../checks/goals.ts"
import { TRANSITIONS } from "../protocol/realtime/transitions.ts"
import { unreachedBecause } from "../protocol/realtime/unreached.ts"
import { TRANSITIONS as RESPONSES } from "../protocol/responses/transitions.ts"
import { unreachedBecause as responsesUnreachedBecause } from "../protocol/responses/unreached.ts"
import { transitionId } from "../protocol/state-machine.ts"
import type { Coverable } from "../report/make-results.ts"
import type { ResultsFile } from "../report/results.ts"

export type Protocol = "realtime" | "responses"

/** All that there is to reach in runs of these protocols. */
export function coverable(protocols: ReadonlySet<Protocol>): Coverable {
  return {
    goals: [...protocols].flatMap((protocol) => goalsOf[protocol].map(({ id }) => id)),
    transitions: [...(protocols.has("realtime") ? realtime : []), ...(protocols.has("responses") ? responses : [])],
  }
}

const realtime = TRANSITIONS.map((transition) => {
  const id = transitionId(transition)
  return { id, because: unreachedBecause[id] ?? "" }
})

/** As the server counts them: with the protocol before the name. */
const responses = RESPONSES.map((transition) => {
  const id = transitionId(transition)
  return { id: `responses ${id}`, because: responsesUnreachedBecause[id] ?? "" }
})

const says = new Map([...goalsOf.realtime, ...goalsOf.responses].map(({ id, says }) => [id, says]))

/** Sentences, one for each thing that a full run should have reached and did not. */
export function shortfall({ goals: { unreached }, transitions }: Pick<ResultsFile, "goals" | "transitions">): string[] {
  const inexcusable = transitions.unreached.filter(({ because }) => because === "")
  return [
    ...unreached.map((id) => `no case reached the goal ${id}: ${says.get(id)}; a scenario must bring it about.`),
    ...inexcusable.map(
      ({ id }) =>
        `no case took the transition "${id}"; a scenario must, or unreached.ts of its protocol must say why none can.`,
    ),
  ]
}
