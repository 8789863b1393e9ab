// What the app does next, in both protocols.
import type { Operation } from "../adapter.ts"
import { isOpen, type Move, performs } from "./move.ts"
import { awaitsSuccessor } from "./riddles.ts"
import { callsTools, isBusy, nextRequest, running, waiting } from "./sketch.ts"

/** 200 ms of 24 kHz PCM16 silence. */
const silence = Buffer.alloc(200 * 48).toString("base64")
const say = (request: string, more: { lane?: string } = {}): Operation => ({
  ...{ do: "say", request, text: `Please answer ${request}.` },
  ...more,
})

export const userMoves: readonly Move[] = [
  {
    name: "says",
    kind: "lawful",
    needs: "text-turn",
    weight: (context) => {
      if (!isOpen(context) || awaitsSuccessor(context.sketch)) return 0
      return waiting(context.sketch).length + running(context.sketch).length === 0 ? 14 : 4
    },
    steps: ({ sketch, can }, dice) => {
      const lane = can.has("lanes") && dice.once(3) ? { lane: dice.pick(["left", "right"]) } : {}
      return [performs(say(nextRequest(sketch), lane))]
    },
  },
  {
    name: "requests",
    kind: "lawful",
    needs: "request-reply",
    weight: (context) => (isOpen(context) ? (isBusy(context.sketch) ? 3 : 8) : 0),
    steps: ({ sketch, can }, dice) => {
      const outOfBand = can.has("out-of-band") && dice.once(4) ? { outOfBand: true } : {}
      const request = nextRequest(sketch)
      // In words of its own: what answers it, and what a tool's result asks for, can be told apart.
      return [performs({ do: "request", request, instructions: `Please reply to ${request}.`, ...outOfBand })]
    },
  },
  {
    name: "cancels",
    kind: "lawful",
    needs: "cancel",
    weight: ({ sketch }) => (isBusy(sketch) ? 3 : 0),
    steps: () => [performs({ do: "cancel" })],
  },
  {
    name: "cancels-request",
    kind: "lawful",
    needs: "cancel-request",
    weight: ({ sketch }) => Math.min(6, 3 * open(sketch).length),
    steps: ({ sketch }, dice) => [performs({ do: "cancel", request: dice.pick(open(sketch)) })],
  },
  {
    name: "speaks",
    kind: "lawful",
    needs: "audio-input",
    weight: (context) => (isOpen(context) ? (context.sketch.speech === "speaking" ? 3 : 1) : 0),
    steps: () => [performs({ do: "speak", audio: silence })],
  },
  {
    name: "commits",
    kind: "lawful",
    needs: "audio-commit",
    weight: (context) => (isOpen(context) && context.sketch.spokenMs > 0 && !callsTools(context.sketch) ? 2 : 0),
    steps: ({ sketch }) => [performs({ do: "commit", request: nextRequest(sketch) })],
  },
  {
    name: "updates",
    kind: "lawful",
    needs: "session-update",
    weight: (context) => (isOpen(context) ? 2 : 0),
    steps: ({ sketch }, dice) => [
      performs({ do: "update", request: nextRequest(sketch), instructions: dice.pick(["Be brief.", "Be kind."]) }),
    ],
  },
  {
    name: "truncates",
    kind: "lawful",
    needs: "truncate",
    weight: ({ sketch }) => (sketch.responses.some(({ pieces }) => pieces > 0) ? 1 : 0),
    steps: (_, dice) => [performs({ do: "truncate", heardMs: dice.pick([0, 10, 20, 10_000]) })],
  },
  {
    name: "connects-again",
    kind: "lawful",
    needs: "connect-again",
    weight: ({ sketch }) => ({ open: 0, lost: 4, never: 20, closed: 0 })[sketch.connection],
    steps: () => [performs({ do: "connect" })],
  },
  {
    name: "connects-first",
    kind: "lawful",
    weight: ({ sketch }) => (sketch.connection === "never" ? 20 : 0),
    steps: () => [performs({ do: "connect" })],
  },
  {
    name: "closes",
    kind: "spin",
    weight: ({ sketch }) => (sketch.connection === "closed" ? 0.2 : 1),
    steps: () => [performs({ do: "close" })],
  },
  {
    name: "cancels-nothing",
    kind: "spin",
    needs: "cancel",
    weight: () => 1,
    steps: () => [performs({ do: "cancel" })],
  },
  {
    name: "cancels-what-is-over",
    kind: "spin",
    needs: "cancel-request",
    weight: ({ sketch }) => (sketch.requests.length > 0 ? 1 : 0),
    steps: ({ sketch }, dice) => [performs({ do: "cancel", request: dice.pick(sketch.requests).name })],
  },
  {
    name: "says-without-connection",
    kind: "spin",
    needs: "text-turn",
    weight: (context) => (isOpen(context) ? 0 : 2),
    steps: ({ sketch }) => [performs(say(nextRequest(sketch)))],
  },
  {
    name: "commits-nothing",
    kind: "spin",
    needs: "audio-commit",
    weight: ({ sketch }) => (callsTools(sketch) ? 0 : 0.5),
    steps: ({ sketch }) => [performs({ do: "commit", request: nextRequest(sketch) })],
  },
]

/** Requests whose reply is awaited or under way. */
function open(sketch: Parameters<typeof waiting>[0]): string[] {
  const names = running(sketch).flatMap(({ request }) => (request === null ? [] : [request]))
  return [...new Set([...waiting(sketch).map(({ name }) => name), ...names])]
}
