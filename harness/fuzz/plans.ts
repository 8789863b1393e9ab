// Fault plans by chance: which faults strike, and at which boundaries.
import { faults } from "../faults/all.ts"
import type { FaultPlan, PlannedFault } from "../faults/fault.ts"
import type { Dice } from "./dice.ts"
import type { Oracle } from "./swarm.ts"

const boundaries = {
  realtime: [
    "*",
    "session.created",
    "session.updated",
    "conversation.item.added",
    "conversation.item.done",
    "response.created",
    "response.output_item.added",
    "response.output_audio.delta",
    "response.output_audio_transcript.delta",
    "response.output_text.delta",
    "response.output_item.done",
    "response.function_call_arguments.done",
    "response.done",
    "error",
  ],
  responses: [
    "*",
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.output_text.delta",
    "response.output_item.done",
    "response.completed",
    "response.failed",
    "response.incomplete",
    "error",
  ],
  /** Of Responses: without response.created, or with an error twice, what follows is taken for another's as it must be. */
  inResponse: [
    "response.in_progress",
    "response.output_item.added",
    "response.output_text.delta",
    "response.completed",
  ],
} as const

/** Parameters worth trying, by fault; others have none. */
const parameters: Readonly<Record<string, readonly number[]>> = {
  delay: [50, 1_000, 11_000],
  "split-frame": [1, 20],
  renumber: [1, -1, -2],
  "hold-back": [1, 2, 5],
  "huge-frame": [70_000, 300_000],
  "drop-connection": [0, 1],
  "close-connection": [1000, 1001, 1011, 1012],
}

/** In Responses an event belongs where it stands, whatever ids it bears: these would be no fault there, or a riddle. */
const namesNothing = new Set(["foreign-id", "missing-field"])

export function drawPlan(protocol: "realtime" | "responses", oracle: Oracle, atMost: number, dice: Dice): FaultPlan {
  const known = faults.filter(
    (each) =>
      (oracle === "all" || each.oracle === oracle) && !(protocol === "responses" && namesNothing.has(each.name)),
  )
  const count = atMost === 0 || known.length === 0 ? 0 : dice.between(0, atMost)
  return Array.from({ length: count }, (): PlannedFault => {
    const { name } = dice.pick(known)
    const by = parameters[name]
    const isRiddle = protocol === "responses" && (name === "drop-event" || name === "duplicate-event")
    const type = dice.pick<string>(isRiddle ? boundaries.inResponse : boundaries[protocol])
    const nth = dice.between(1, type === "*" ? 12 : 3)
    return { fault: name, at: { type, nth }, ...(by && dice.once(2) ? { by: dice.pick(by) } : {}) }
  })
}
