// What only a server of Responses over WebSocket does next, and what an app can ask of its client alone.
import { type Context, isOpen, type Move, performs, serverActs } from "./move.ts"
import { refusalCodes, startsWith } from "./moves-reply.ts"
import { awaitsSuccessor, maySteer, mayWarmUp } from "./riddles.ts"
import { nextRequest, nextResponse, running, type Sketch, speaking, waiting } from "./sketch.ts"

const shapes = ["wrapped", "wrapped-without-status", "flat", "nested"] as const
const steerable = ({ sketch }: Context) =>
  speaking(sketch).flatMap(({ request }) => (request === null ? [] : [request]))

/** A response that was steered and has ended, so that its successor may begin, or the steering be given back. */
const toSucceed = ({ responses, steered }: Sketch) =>
  responses.find(({ request, isOver }) => isOver && request !== null && steered.has(request))

export const responsesMoves: readonly Move[] = [
  startsWith(false, (dice) => (dice.once(8) ? { queued: true } : {})),
  {
    name: "warms-up",
    kind: "lawful",
    needs: "warm-up",
    weight: (context) => (isOpen(context) && mayWarmUp(context.sketch) ? 1 : 0),
    steps: ({ sketch }) => [performs({ do: "warm-up", request: nextRequest(sketch) })],
  },
  {
    name: "steers",
    kind: "lawful",
    needs: "steer",
    weight: (context) => (steerable(context).length > 0 && maySteer(context.sketch) ? 2 : 0),
    steps: (context, dice) => {
      const of = dice.pick(steerable(context))
      return [performs({ do: "steer", of, text: `Please mind ${of}, too.` })]
    },
  },
  {
    name: "succeeds",
    kind: "lawful",
    needs: "steer",
    weight: ({ sketch }) => (toSucceed(sketch) ? 6 : 0),
    steps: ({ sketch }) => {
      const parent = toSucceed(sketch)
      const after = parent ? { after: `resp_${parent.label}` } : {}
      return [serverActs({ does: "starts", response: nextResponse(sketch), for: null, ...after })]
    },
  },
  {
    name: "fails-steer",
    kind: "lawful",
    needs: "steer",
    // Steering that was accepted is given back after the response's end alone (PROTOCOL.md C.5).
    weight: ({ sketch }) => (toSucceed(sketch) ? 4 : 0),
    steps: ({ sketch }) => {
      const label = toSucceed(sketch)?.label
      const code = "successor_creation_failed"
      return label === undefined ? [] : [serverActs({ does: "fails-steer", response: label, code })]
    },
  },
  {
    name: "refuses-request",
    kind: "lawful",
    weight: (context) => (isOpen(context) && waiting(context.sketch).length > 0 ? 3 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({
        ...{ does: "errors", for: dice.pick(waiting(sketch)).name, code: dice.pick(refusalCodes), eventId: "echoed" },
        shape: dice.pick(shapes),
        ...(dice.once(4) ? { thenFailed: true } : {}),
      }),
    ],
  },
  {
    name: "ends-by-error",
    kind: "lawful",
    weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 2 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({
        ...{ does: "errors", code: dice.pick(refusalCodes), eventId: "null" },
        ...{ response: dice.pick(running(sketch)).label, shape: dice.pick(shapes) },
        ...(dice.once(3) ? { thenFailed: true } : {}),
      }),
    ],
  },
  {
    name: "fails-after-an-error",
    kind: "lawful",
    weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 2 : 0),
    steps: ({ sketch }, dice) => {
      const code = dice.pick(["server_error", "invalid_prompt", "rate_limit_exceeded"])
      const error = { type: code, code, message: `The reply failed: ${code}.` }
      return [
        serverActs({
          ...{ does: "finishes", response: dice.pick(running(sketch)).label, status: "failed", error },
          errorFirst: dice.pick(shapes),
        }),
      ]
    },
  },
  {
    name: "finishes-without-output",
    kind: "lawful",
    weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 1 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({
        ...{ does: "finishes", response: dice.pick(running(sketch)).label, status: "completed" },
        withoutOutput: true,
      }),
    ],
  },
  {
    name: "forgets",
    kind: "lawful",
    weight: ({ sketch }) => (sketch.responses.some(({ isOver }) => isOver) ? 2 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({ does: "forgets", response: dice.pick(sketch.responses.filter(({ isOver }) => isOver)).label }),
    ],
  },
  {
    name: "limits-connection",
    kind: "loss",
    weight: (context) => (isOpen(context) && !awaitsSuccessor(context.sketch) ? 0.7 : 0),
    steps: (_, dice) => [serverActs({ does: "expires", shape: dice.pick(shapes) })],
  },
]
