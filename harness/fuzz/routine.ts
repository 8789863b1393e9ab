// What goes wrong in a story, told from what happens in every one that goes well.
import type { Step } from "../script/steps.ts"

type Act = Extract<Step, { step: "acts" }>

const routine: ReadonlySet<string> = new Set([
  ...["starts", "streams", "finishes-item", "calls-tool", "tells-rate-limits"],
  ...["hears-speech", "hears-nothing", "transcribes", "acknowledges", "cancels-late", "holds", "releases"],
])

/** The server or the network does something that no plain turn has: the thing that a client has to cope with. */
export function isDeviation(step: Step): step is Act {
  if (step.step !== "acts") return false
  const { action } = step
  return action.does === "finishes" ? action.status !== "completed" : !routine.has(action.does)
}
