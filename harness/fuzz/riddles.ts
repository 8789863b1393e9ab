// Steps that would make a riddle where a tale stands: nobody could know what comes of them, so no client is to be judged by them.
// They are left out of every tale, however it came about.
import type { Step } from "../script/steps.ts"
import { asksWithoutWords, callsTools, running, type Sketch, waiting } from "./sketch.ts"

/** Of Responses: they name no response, so that after its end they would be the next one's, as far as a client could know. */
export const namelessOutput: ReadonlySet<string> = new Set(["response.output_item.done", "response.output_text.delta"])

/** Nothing is under way, not even what follows on a tool, and nothing was read ahead: on the wire nothing tells two warm-ups apart,
 * nor whose words are in one. */
export const mayWarmUp = (sketch: Sketch): boolean =>
  running(sketch).length + waiting(sketch).length === 0 &&
  !callsTools(sketch) &&
  sketch.requests.every(({ asks }) => asks !== "warm-up")

/** Whether the successor of a steered response comes before or after what else was asked, nobody has documented. */
export const maySteer = (sketch: Sketch): boolean => waiting(sketch).length === 0
export const awaitsSuccessor = ({ steered }: Sketch): boolean => steered.size > 0

/** `sketch` is where the tale stands before the step. */
export function isRiddle(step: Step, sketch: Sketch, protocol: "realtime" | "responses"): boolean {
  const isResponses = protocol === "responses"
  if (step.step === "performs") {
    const { do: what } = step.operation
    // Neither a commit's create nor that of a tool's result has words by which it could be told from the other.
    if (what === "commit") return callsTools(sketch)
    // Asked for behind the tool's result, it may not have been asked for yet: a create without its words is for either.
    if (what === "cancel") {
      const { request } = step.operation
      return !isResponses && callsTools(sketch) && waiting(sketch).some(({ name }) => name === request)
    }
    if (what === "say") return isResponses && awaitsSuccessor(sketch)
    if (what === "steer") return !maySteer(sketch)
    return what === "warm-up" && !mayWarmUp(sketch)
  }
  if (step.step !== "acts" || step.actor !== "server") return false
  const { action } = step
  if (action.does === "calls-tool") return asksWithoutWords(sketch)
  if (!isResponses) return false
  // Whether the successor was refused or lost, nothing on the wire tells.
  if (action.does === "expires") return awaitsSuccessor(sketch)
  return action.does === "repeats" && namelessOutput.has(action.type) && sketch.responses.some(({ isOver }) => isOver)
}
