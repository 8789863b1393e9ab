// Every small story and every interleaving of it, without luck: the moves that can come next, in one plain form each, up to
// a number of steps. Orders that differ in nothing but the order of what does not touch each other are told once.
import type { Capability } from "../adapter.ts"
import type { FaultPlan } from "../faults/fault.ts"
import type { Step } from "../script/steps.ts"
import { bucketId } from "./bucket.ts"
import type { Dice } from "./dice.ts"
import type { Context, Move, MoveKind } from "./move.ts"
import { moves } from "./moves.ts"
import { blank, follow, waiting } from "./sketch.ts"
import { type Beat, possible, type Tale } from "./tale.ts"

export interface Bounds {
  readonly protocol: "realtime" | "responses"
  readonly can: readonly Capability[]
  /** Steps of a story. */
  readonly steps: number
  /** Requests that wait at a time. */
  readonly inFlight: number
  /** 1: each story is also told with each fault at each boundary of its responses. */
  readonly faults: 0 | 1
  readonly kinds: readonly MoveKind[]
}

/** Moves whose place in the story makes no difference to what a client is asked to do. */
const leftOut = new Set([
  "passes",
  "holds",
  "releases",
  "tells-rate-limits",
  "speaks",
  "says-without-connection",
  "accepts-late",
])

/** Always the first of what may be picked: one plain form of each move. */
const plainDice: Dice = {
  between: (from) => from,
  once: () => false,
  pick: <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error("there is nothing to pick from")
    return from[0] as T
  },
  weigh: (from) => from[0],
}

/** Every tale within the bounds, in an order that never changes: short ones first. */
export function* everyTale(bounds: Bounds): Generator<Tale> {
  for (let length = 1; length <= bounds.steps; length++)
    for (const steps of storiesOf(length, [], bounds)) yield* tellings(steps, bounds)
}

function* storiesOf(length: number, before: readonly Step[], bounds: Bounds): Generator<readonly Step[]> {
  if (before.length === length) {
    yield before
    return
  }
  for (const next of nextSteps(before, bounds))
    if (!isOutOfOrder(before.at(-1), next)) yield* storiesOf(length, [...before, next], bounds)
}

function nextSteps(before: readonly Step[], { protocol, can, inFlight, kinds }: Bounds): Step[] {
  const sketch = blank("connected")
  for (const step of before) follow(sketch, step)
  const context: Context = { sketch, can: new Set(can), tools: can.includes("tools") ? ["lookup"] : [] }
  const isAsking = ({ name }: Move) => name === "says" || name === "requests" || name === "commits"
  return moves[protocol]
    .filter(({ name, kind, needs }) => kinds.includes(kind) && !leftOut.has(name) && (!needs || context.can.has(needs)))
    .filter((move) => move.weight(context) > 0)
    .filter((move) => !isAsking(move) || waiting(sketch).length < inFlight)
    .flatMap((move) => move.steps(context, plainDice))
}

/** What the server says of two responses, or prepares for later, commutes: of two such steps the one that is named first in
 * the alphabet comes first. */
function isOutOfOrder(before: Step | undefined, next: Step): boolean {
  const [one, other] = [placeOf(before), placeOf(next)]
  return one !== undefined && other !== undefined && one.of !== other.of && other.text < one.text
}

const prepared = new Set(["refuses", "never-answers", "turns-away", "refuses-update", "cancels-late"])

/** Of steps that commute with others: what they touch. */
function placeOf(step: Step | undefined): { of: string; text: string } | undefined {
  if (step?.step !== "acts" || !prepared.has(step.action.does)) return undefined
  return { of: step.action.does, text: JSON.stringify(step) }
}

/** The story in each order of its steps and their consequences: after every step all, or nothing, is delivered. Then with
 * each fault. */
function* tellings(steps: readonly Step[], { protocol, can, faults }: Bounds): Generator<Tale> {
  const tell = (beats: readonly Beat[], plan: FaultPlan): Tale =>
    possible({
      ...{ protocol, output: protocol === "realtime" ? "audio" : "text", begins: "connected", server: {}, beats },
      tools: can.includes("tools") && steps.some((step) => isCall(step)) ? [{ name: "lookup", answers: "sunny" }] : [],
      faults: plan,
    })
  const orders = 2 ** Math.max(0, steps.length - 1)
  for (let order = 0; order < orders; order++) {
    const beats = steps.map((step, at) => ({ step, lets: (order >> at) & 1 ? 0 : null }))
    if (beats.some(({ step, lets }) => lets === 0 && step.actor === "time")) continue
    const tale = tell(beats, [])
    if (tale.beats.length < steps.length) return
    yield tale
  }
  if (faults === 0) return
  for (const fault of faultsOf(protocol))
    yield tell(
      steps.map((step) => ({ step, lets: null })),
      [fault],
    )
}

const isCall = (step: Step) => step.step === "acts" && step.action.does === "calls-tool"

function faultsOf(protocol: "realtime" | "responses"): FaultPlan {
  const ends =
    protocol === "realtime" ? ["response.created", "response.done"] : ["response.created", "response.completed"]
  const names = [
    "delay",
    "coalesce",
    "split-frame",
    "unknown-event",
    "drop-event",
    "duplicate-event",
    "drop-connection",
  ]
  return ends.flatMap((type) => names.map((fault) => ({ fault, at: { type, nth: 1 } })))
}

/** A name for what is explored: progress of other bounds is no progress here. */
export const boundsName = (subject: string, bounds: Bounds): string =>
  bucketId(subject, `explore-${bounds.steps}`, {
    beats: [],
    faults: [{ fault: `${bounds.faults} ${bounds.inFlight} ${bounds.kinds.join(" ")}`, at: { type: "*", nth: 1 } }],
  })
