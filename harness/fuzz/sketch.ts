// Where a tale stands, as far as the choice of its next step goes: what was asked, what runs, what is open. It follows a
// client that does all it should; a step that the real one gives no occasion for does nothing.
import type { Operation } from "../adapter.ts"
import type { NetworkAction, ServerAction, Step } from "../script/steps.ts"

export interface Request {
  readonly name: string
  readonly outOfBand: boolean
  readonly asks: "reply" | "warm-up" | "nothing"
  /** Spoken: on the wire nothing tells its response.create from one that a tool's result asks for. */
  readonly isWordless: boolean
  /** The server owes it an answer: a response, an error, or nothing for ever. */
  isWaiting: boolean
}

export interface Running {
  readonly label: string
  readonly request: string | null
  readonly outOfBand: boolean
  /** A warm-up's: nothing is said in it. */
  readonly isSilent: boolean
  pieces: number
  calls: number
  isOver: boolean
}

export interface Sketch {
  readonly requests: Request[]
  readonly responses: Running[]
  connection: "open" | "lost" | "never" | "closed"
  speech: "idle" | "speaking" | "stopped"
  /** The server has committed what it heard, and has not answered it. */
  owesSpokenReply: boolean
  spokenMs: number
  isHeld: boolean
  acknowledgesLater: boolean
  cancelsLate: boolean
  /** Requests of which a reply was steered, and whose successors are still to come. */
  readonly steered: Set<string>
}

export const blank = (begins: "connected" | "unconnected"): Sketch => ({
  requests: [],
  responses: [],
  connection: begins === "connected" ? "open" : "never",
  speech: "idle",
  owesSpokenReply: false,
  spokenMs: 0,
  isHeld: false,
  acknowledgesLater: false,
  cancelsLate: false,
  steered: new Set(),
})

export const waiting = ({ requests }: Sketch): Request[] => requests.filter(({ isWaiting }) => isWaiting)
export const running = ({ responses }: Sketch): Running[] => responses.filter(({ isOver }) => !isOver)

/** Those that may say something. */
export const speaking = (sketch: Sketch): Running[] => running(sketch).filter(({ isSilent }) => !isSilent)

/** Whether a tool's result asks for a reply, and whether a spoken turn does: of one case, only one of the two. */
export const callsTools = ({ responses }: Sketch): boolean => responses.some(({ calls }) => calls > 0)
export const asksWithoutWords = ({ requests }: Sketch): boolean => requests.some(({ isWordless }) => isWordless)

/** The default conversation is taken: a correct server starts no second response in it. */
export const isBusy = (sketch: Sketch): boolean => running(sketch).some(({ outOfBand }) => !outOfBand)

const letters = "abcdefghijklmnopqrstuvwxyz"
export const nextRequest = ({ requests }: Sketch): string => letters[requests.length] ?? `request${requests.length + 1}`
export const nextResponse = ({ responses }: Sketch): string => `reply${responses.length + 1}`

/** Changes the sketch as the step changes the world. */
export function follow(sketch: Sketch, step: Step): void {
  if (step.step === "performs") followUser(sketch, step.operation)
  if (step.step === "passes-until-connected" && sketch.connection === "lost") sketch.connection = "open"
  if (step.step !== "acts") return
  if (step.actor === "server") followServer(sketch, step.action)
  else followNetwork(sketch, step.action)
}

function followUser(sketch: Sketch, operation: Operation): void {
  switch (operation.do) {
    case "say":
    case "request":
    case "commit":
    case "warm-up":
    case "update":
      sketch.requests.push({
        name: operation.request,
        outOfBand: operation.do === "request" && operation.outOfBand === true,
        asks: operation.do === "update" ? "nothing" : operation.do === "warm-up" ? "warm-up" : "reply",
        isWordless: operation.do === "commit",
        isWaiting: operation.do !== "update",
      })
      return
    case "cancel":
      cancel(sketch, operation.request)
      return
    case "speak":
      sketch.spokenMs += 1
      return
    case "steer":
      sketch.steered.add(operation.of)
      return
    case "connect":
      if (sketch.connection !== "open") sketch.connection = "open"
      return
    case "close":
      lose(sketch, "closed")
      return
  }
}

function cancel(sketch: Sketch, request: string | undefined): void {
  for (const each of sketch.requests) if (each.name === request) each.isWaiting = each.isWaiting && sketch.cancelsLate
  if (sketch.cancelsLate) return
  for (const each of running(sketch))
    if (request === undefined ? !each.outOfBand : each.request === request) each.isOver = true
}

function lose(sketch: Sketch, how: "lost" | "closed"): void {
  sketch.connection = how
  sketch.speech = "idle"
  for (const each of sketch.responses) each.isOver = true
  for (const each of sketch.requests) each.isWaiting = false
}

function followNetwork(sketch: Sketch, { does }: NetworkAction): void {
  if (does === "holds") sketch.isHeld = true
  if (does === "releases") sketch.isHeld = false
  if (does === "drops" || does === "closes" || does === "goes-silent") lose(sketch, "lost")
}

function followServer(sketch: Sketch, action: ServerAction): void {
  switch (action.does) {
    case "starts":
      start(sketch, action)
      return
    case "streams":
    case "calls-tool":
      goOn(sketch, action.response, action.does)
      return
    case "finishes":
      for (const each of sketch.responses) if (each.label === action.response) each.isOver = true
      return
    case "errors":
      for (const each of sketch.responses) if (each.label === action.response) each.isOver = true
      settle(sketch, action.for)
      return
    case "ignores":
      settle(sketch, action.request)
      return
    case "hears-speech":
      hear(sketch, action.part)
      return
    case "expires":
      lose(sketch, "lost")
      return
    case "acknowledges":
      sketch.acknowledgesLater = action.from === "later"
      return
    case "fails-steer":
      settleSteering(sketch, action.response)
      return
    case "cancels-late":
      sketch.cancelsLate = true
      return
    default:
      return
  }
}

function settle(sketch: Sketch, request: string | undefined): void {
  for (const each of sketch.requests) if (each.name === request) each.isWaiting = false
}

function start(sketch: Sketch, action: Extract<ServerAction, { does: "starts" }>): void {
  const { response: label, for: request, after } = action
  const asked = sketch.requests.find(({ name }) => name === request)
  if (asked) asked.isWaiting = false
  else {
    sketch.owesSpokenReply = false
    settleSteering(sketch, after?.replace(/^resp_/, ""))
  }
  sketch.responses.push({
    ...{ label, request, outOfBand: asked?.outOfBand ?? false, isSilent: asked?.asks === "warm-up" },
    ...{ pieces: 0, calls: 0, isOver: false },
  })
}

/** What steered the response of that label, or any, has come to something, if that has ended: before, nothing comes of it. */
function settleSteering({ responses, steered }: Sketch, label: string | undefined): void {
  for (const { label: its, request, isOver } of responses)
    if ((label === undefined || its === label) && request !== null && isOver) steered.delete(request)
}

function goOn(sketch: Sketch, label: string, does: "streams" | "calls-tool"): void {
  const found = sketch.responses.find((each) => each.label === label)
  if (found && does === "streams") found.pieces += 1
  if (found && does === "calls-tool") found.calls += 1
}

function hear(sketch: Sketch, part: "starts" | "stops" | "commits"): void {
  sketch.speech = part === "starts" ? "speaking" : part === "stops" ? "stopped" : "idle"
  if (part === "commits") sketch.owesSpokenReply = true
  if (part !== "starts") return
  for (const each of sketch.responses) if (!each.outOfBand) each.isOver = true
}
