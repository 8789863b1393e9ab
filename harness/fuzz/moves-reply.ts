// What the server does with a reply that was asked for, in both protocols.
import { type Context, isOpen, type Move, serverActs } from "./move.ts"
import { asksWithoutWords, isBusy, nextResponse, running, speaking, waiting } from "./sketch.ts"

/** Requests whose response may start now. */
export const startable = ({ sketch }: Context, oneAtATime: boolean) =>
  waiting(sketch).filter(({ outOfBand }) => outOfBand || !oneAtATime || !isBusy(sketch))

const withOutput = ({ sketch }: Context) => running(sketch).filter(({ pieces }) => pieces > 0)

/** In PROTOCOL.md B.4 and C.4: refusals of a create, and failures of what has nothing to do with it. */
export const refusalCodes = [
  "server_error",
  "rate_limit_exceeded",
  "invalid_value",
  "insufficient_quota",
  null,
] as const

export const reasons = {
  failed: ["rate_limit_exceeded", "server_error", "insufficient_quota"],
  incomplete: ["max_output_tokens", "content_filter"],
} as const

const mayCall = ({ sketch, tools }: Context) =>
  tools.length > 0 && speaking(sketch).length > 0 && !asksWithoutWords(sketch)

export const replyMoves: readonly Move[] = [
  {
    name: "streams",
    kind: "lawful",
    weight: (context) => (isOpen(context) ? 8 * Math.min(2, speaking(context.sketch).length) : 0),
    steps: ({ sketch }, dice) => [
      serverActs({ does: "streams", response: dice.pick(speaking(sketch)).label, pieces: dice.between(1, 3) }),
    ],
  },
  {
    name: "finishes",
    kind: "lawful",
    weight: (context) => (isOpen(context) ? 6 * Math.min(2, running(context.sketch).length) : 0),
    steps: ({ sketch }, dice) => [
      serverActs({ does: "finishes", response: dice.pick(running(sketch)).label, status: "completed" }),
    ],
  },
  {
    name: "fails",
    kind: "lawful",
    weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 2 : 0),
    steps: ({ sketch }, dice) => {
      const code = dice.pick(reasons.failed)
      const error = { type: code, code, message: `The reply failed: ${code}.` }
      return [serverActs({ does: "finishes", response: dice.pick(running(sketch)).label, status: "failed", error })]
    },
  },
  {
    name: "is-incomplete",
    kind: "lawful",
    weight: (context) => (isOpen(context) && running(context.sketch).length > 0 ? 2 : 0),
    steps: ({ sketch }, dice) => [
      serverActs({
        ...{ does: "finishes", response: dice.pick(running(sketch)).label, status: "incomplete" },
        reason: dice.pick(reasons.incomplete),
      }),
    ],
  },
  {
    name: "finishes-item",
    kind: "lawful",
    weight: (context) => (isOpen(context) && withOutput(context).length > 0 ? 1.5 : 0),
    steps: (context, dice) => [serverActs({ does: "finishes-item", response: dice.pick(withOutput(context)).label })],
  },
  {
    name: "calls-tool",
    kind: "lawful",
    needs: "tools",
    weight: (context) => (isOpen(context) && mayCall(context) ? 3 : 0),
    steps: ({ sketch, tools }, dice) => {
      const from = dice.pick(speaking(sketch))
      const call = `${from.label}_${from.calls + 1}`
      const leave = dice.once(6) ? { leave: "open" as const } : {}
      const args = '{"query":"now"}'
      return [serverActs({ does: "calls-tool", response: from.label, call, tool: dice.pick(tools), args, ...leave })]
    },
  },
  {
    name: "ignores",
    kind: "lawful",
    weight: (context) => (isOpen(context) && waiting(context.sketch).length > 0 ? 1 : 0),
    steps: ({ sketch }, dice) => [serverActs({ does: "ignores", request: dice.pick(waiting(sketch)).name })],
  },
]

/** Starts a response for a request that waits. */
export const startsWith = (
  oneAtATime: boolean,
  vary: (dice: Parameters<Move["steps"]>[1]) => { metadata?: "none"; queued?: boolean },
): Move => ({
  name: "starts",
  kind: "lawful",
  weight: (context) => (isOpen(context) && startable(context, oneAtATime).length > 0 ? 16 : 0),
  steps: (context, dice) => {
    const request = dice.pick(startable(context, oneAtATime)).name
    return [serverActs({ does: "starts", response: nextResponse(context.sketch), for: request, ...vary(dice) })]
  },
})
