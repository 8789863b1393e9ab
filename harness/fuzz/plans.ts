// Fault plans by chance: which faults strike, and at which boundaries.
import { faults } from "../faults/all.ts"
import type { FaultPlan, PlannedFault } from "../faults/fault.ts"
import type { Dice } from "./dice.ts"
import type { Oracle } from "./swarm.ts"

/** Of Responses, where events stand between created and terminal as their response's whatever ids they bear (gateways change
 * them, PROTOCOL.md C.2, C.5): those that do not say which response it is. */
const within = ["response.output_item.added", "response.output_text.delta", "response.output_item.done"] as const

const ends = ["response.completed", "response.failed", "response.incomplete"] as const

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
  responses: ["*", "response.created", "response.in_progress", ...within, ...ends, "error"],
  /** Of Responses, where the order of created on a lane is all that tells which request it answers. */
  afterCreated: [...within, ...ends, "error"],
} as const

/** Faults that would make a riddle at any other boundary of Responses. */
const fairInResponses: Readonly<Record<string, readonly string[]>> = {
  "foreign-id": within,
  "missing-field": within,
  // An error need not be numbered, nor say on which lane it is: behind its response's end it would be the next one's.
  "hold-back": [...within, ...ends],
  // Nor what overtakes it.
  swizzle: [],
  "drop-event": boundaries.afterCreated,
  // An error told twice would refuse what was asked between.
  "duplicate-event": ["response.created", "response.in_progress", ...within, ...ends],
  // An error before its response was created tells by this number that it is none of an earlier response (W20).
  renumber: ["response.in_progress", ...within, "response.completed", "response.failed"],
}

/** Parameters worth trying, by fault; others have none. */
const parameters: Readonly<Record<string, readonly number[]>> = {
  delay: [50, 1_000, 11_000],
  "split-frame": [1, 20],
  renumber: [1, -1, -2],
  "hold-back": [1, 2, 5],
  swizzle: [1, 3, 8],
  "huge-frame": [70_000, 300_000],
  "drop-connection": [0, 1],
  "close-connection": [1000, 1001, 1011, 1012],
}

export function drawPlan(protocol: "realtime" | "responses", oracle: Oracle, atMost: number, dice: Dice): FaultPlan {
  const fair = protocol === "responses" ? fairInResponses : {}
  const known = faults.filter((each) => (oracle === "all" || each.oracle === oracle) && fair[each.name]?.length !== 0)
  const count = atMost === 0 || known.length === 0 ? 0 : dice.between(0, atMost)
  return Array.from({ length: count }, (): PlannedFault => {
    const { name } = dice.pick(known)
    const by = parameters[name]
    const type = dice.pick<string>(fair[name] ?? boundaries[protocol])
    const nth = dice.between(1, type === "*" ? 12 : 3)
    return { fault: name, at: { type, nth }, ...(by && dice.once(2) ? { by: dice.pick(by) } : {}) }
  })
}
