// What the end of a response changes: its lane rests or owes a successor, and the cache keeps or loses (PROTOCOL.md C.3).

import { moveLane } from "./lanes.ts"
import { callsOwedBy, evictAfterFailure, remember } from "./memory.ts"
import type { ResponseState, ResponsesState } from "./state.ts"
import { queuedSteers } from "./steering.ts"
import { step } from "./transitions.ts"

/** What ended it: the name of the terminal without `response.`, or an error. */
export type Ending = "completed" | "failed" | "incomplete" | "error"

/** `detail` names the step where an ending has several, such as the reason. */
export function endResponseState(state: ResponsesState, response: ResponseState, ending: Ending, detail = ""): void {
  const on = ending === "error" ? ending : `response.${ending}`
  const phase = step(state.transitionsTaken, "response", response.phase, on + detail)
  response.phase = phase ?? (ending === "error" ? "errored" : ending)
  const lane = state.lanes.get(response.lane)
  if (lane === undefined) return
  const isKept = ending === "completed" || ending === "incomplete"
  if (isKept) remember(state, lane, response)
  else evictAfterFailure(state, { lane: lane.key, previousResponseId: response.parent?.id ?? null })
  if (lane.running !== response.id) return
  lane.running = null
  if (isKept && hasSuccessor(state, response, ending, detail)) {
    lane.successorOf = response.id
    moveLane(state, lane, `${on}{steered}`, "owed")
  } else moveLane(state, lane, on, "free")
}

/** Steering goes on by itself, unless the client has tool outputs to give first or the response ended for a reason of its
 * own. */
function hasSuccessor(state: ResponsesState, response: ResponseState, ending: Ending, detail: string): boolean {
  if (queuedSteers(state, response.id).length === 0) return false
  return ending === "completed" ? callsOwedBy(response).length === 0 : detail === "{steered}"
}
