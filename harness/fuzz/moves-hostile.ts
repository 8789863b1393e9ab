// What a correct server never does, and broken ones, proxies and late events do all the same.
import type { WireEvent } from "../protocol/event.ts"
import type { Dice } from "./dice.ts"
import { type Context, isOpen, type Move, serverActs } from "./move.ts"
import { namelessOutput } from "./riddles.ts"
import { running, type Sketch } from "./sketch.ts"

const realtimeTypes = [
  "response.created",
  "response.done",
  "response.output_item.done",
  "response.function_call_arguments.done",
  "conversation.item.done",
  "response.output_audio.delta",
  "session.updated",
  "error",
] as const
const responsesTypes = ["response.created", "response.completed", "response.failed"] as const

/** Of a response that there never was (PROTOCOL.md R, foreign ids). */
const foreign = (protocol: "realtime" | "responses", dice: Dice): WireEvent => {
  const id = "resp_stranger"
  // Within a lane, events that stand between created and terminal are taken for its own whatever ids they bear, as they must
  // be: gateways change them (PROTOCOL.md C.2, C.5).
  if (protocol === "responses")
    return dice.pick<WireEvent>([{ type: "response.vendor_event", response_id: id }, { type: "vendor.notice" }])
  return dice.pick<WireEvent>([
    { type: "response.done", response: { object: "realtime.response", id, status: "completed", output: [] } },
    { type: "response.output_item.done", response_id: id, output_index: 0, item: { id: "item_stranger" } },
    { type: "response.created" },
    { type: "response.done" },
    { type: "error" },
  ])
}

/** Frames that are no events (PROTOCOL.md M05). */
const texts = ['{"type":"response.output_audio.del', "null", "[]", "42", "{}", '{"type":5}', ""]

/** Names that clients take for the end of a response, and that OpenAI has never sent (PROTOCOL.md B.3, K13). */
const alias: Move = {
  name: "sends-alias",
  kind: "hostile",
  weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 1.5 : 0),
  steps: ({ sketch }, dice) => {
    const response_id = `resp_${dice.pick(running(sketch)).label}`
    const error = { type: "server_error", message: "The reply failed." }
    const event = dice.pick<WireEvent>([
      { type: "response.cancelled", response_id },
      { type: "response.error", response_id, error },
    ])
    return [serverActs({ does: "sends", event })]
  },
}

function repeatable(protocol: "realtime" | "responses", { responses }: Sketch): readonly string[] {
  if (protocol === "realtime") return realtimeTypes
  return responses.some(({ isOver }) => isOver) ? responsesTypes : [...responsesTypes, ...namelessOutput]
}

export const hostileMoves = (protocol: "realtime" | "responses"): readonly Move[] => [
  hostile("repeats", 1, ({ sketch }, dice) => ({
    ...{ does: "repeats", type: dice.pick<string>(repeatable(protocol, sketch)) },
    sameEventId: dice.once(2),
  })),
  ...(protocol === "realtime" ? [alias] : []),
  hostile("sends-foreign", 0.7, (_, dice) => ({ does: "sends", event: foreign(protocol, dice) })),
  hostile("sends-text", 0.5, (_, dice) => ({ does: "sends-text", text: dice.pick(texts) })),
  hostile("sends-binary", 0.3, (_, dice) => ({ does: "sends-binary", bytes: dice.pick([8, 0, 70_000]) })),
]

function hostile(
  name: string,
  weight: number,
  action: (context: Context, dice: Dice) => Parameters<typeof serverActs>[0],
): Move {
  return {
    name,
    kind: "hostile",
    weight: (context) => (isOpen(context) ? weight : 0),
    steps: (context, dice) => [serverActs(action(context, dice))],
  }
}
