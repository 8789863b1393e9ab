// Which of the steps that are left may vary freely: what is the same in every variant is what matters.
import type { Step } from "../script/steps.ts"
import { possible, type Tale } from "./tale.ts"

/** For each step, whether every variant of it fails as well. A step without variants is as it must be. */
export async function explain(tale: Tale, fails: (tale: Tale) => Promise<boolean>): Promise<boolean[]> {
  const free: boolean[] = []
  for (const [at, beat] of tale.beats.entries()) {
    const variants = variantsOf(beat.step).map((step) =>
      possible({ ...tale, beats: tale.beats.with(at, { ...beat, step }) }),
    )
    const playable = variants.filter(({ beats }) => beats.length === tale.beats.length)
    let isFree = playable.length > 0
    for (const variant of playable) {
      if (!isFree) break
      isFree = await fails(variant)
    }
    free.push(isFree)
  }
  return free
}

/** The same step in other words, with other numbers, or another end. */
export function variantsOf(step: Step): Step[] {
  if (step.step === "passes") return [step.ms * 2, Math.ceil(step.ms / 2)].map((ms) => ({ ...step, ms }))
  if (step.step === "performs") return variantsOfOperation(step)
  if (step.step !== "acts") return []
  const { action } = step
  switch (action.does) {
    case "streams":
      return [1, 3, 5].filter((pieces) => pieces !== action.pieces).map((pieces) => server({ ...action, pieces }))
    case "errors":
      return [null, "server_error", "another_code"]
        .filter((code) => code !== action.code)
        .map((code) => server({ ...action, code }))
    case "finishes":
      return (["completed", "failed", "incomplete"] as const)
        .filter((status) => status !== action.status)
        .map((status) => server({ does: "finishes", response: action.response, status }))
    case "closes":
      return [1000, 1011].map((code) => ({ actor: "network", step: "acts", action: { ...action, code } }))
    case "drops":
      return [{ actor: "network", step: "acts", action: { ...action, reset: !action.reset } }]
    default:
      return []
  }
}

const server = (action: Extract<Step, { actor: "server" }>["action"]): Step => ({
  actor: "server",
  step: "acts",
  action,
})

function variantsOfOperation(step: Extract<Step, { step: "performs" }>): Step[] {
  const { operation } = step
  if (operation.do === "say") return [{ ...step, operation: { ...operation, text: "Something else altogether." } }]
  if (operation.do === "truncate")
    return [0, 10, 5_000].map((heardMs) => ({ ...step, operation: { ...operation, heardMs } }))
  return []
}
