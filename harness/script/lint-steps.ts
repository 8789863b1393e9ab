// Steps that can never happen: what they need was never asked for, has ended, or has no connection to happen on. The story
// is followed as the model would live it with a client that does all it should.
import type { Operation } from "../adapter.ts"
import type { Linter } from "./lint.ts"
import type { Scenario } from "./scenario.ts"
import type { NetworkAction, ServerAction, Step } from "./steps.ts"

interface Response {
  readonly request: string | null
  readonly outOfBand: boolean
  /** How it ended, for the person who has to mend the story. */
  ended?: string
  hasOutput: boolean
  /** The app has cancelled it: it may be over, or it may go on. */
  isCancelled: boolean
}

interface World {
  readonly protocol: "realtime" | "responses"
  readonly tools: ReadonlySet<string>
  readonly requests: Map<string, Operation>
  readonly responses: Map<string, Response>
  isSteered: boolean
  /** Why nothing can be sent now; undefined: a connection stands. */
  unreachable: string | undefined
  /** Connection attempts that will not become a session. */
  turnedAway: number
  speech: "idle" | "speaking" | "stopped"
  isHeld: boolean
  acknowledgesLater: boolean
  cancelsLate: boolean
}

export function impossibilities({ protocol = "realtime", tools = [], begins }: Scenario): Linter {
  const world: World = {
    protocol,
    tools: new Set(tools.map(({ name }) => name)),
    requests: new Map(),
    responses: new Map(),
    isSteered: false,
    unreachable: begins === "unconnected" ? "nobody has connected yet" : undefined,
    turnedAway: 0,
    speech: "idle",
    isHeld: false,
    acknowledgesLater: false,
    cancelsLate: false,
  }
  return (step) => follow(step, world)
}

function follow(step: Step, world: World): string | undefined {
  if (step.actor === "server") return followServer(step.action, world)
  if (step.actor === "network") return followNetwork(step.action, world)
  if (step.step === "performs") return perform(step.operation, world)
  if (step.step === "passes-until-connected" || (step.step === "must-connect" && step.times > 1)) {
    world.unreachable = undefined
    world.turnedAway = 0
  }
  if (step.step === "must-run-tool" && !world.tools.has(step.tool)) return `speaks of a tool that is not offered`
  if ("request" in step) return unasked(step.request, world)
  return "response" in step ? unheard(step, world) : undefined
}

function perform(operation: Operation, world: World): string | undefined {
  if (operation.do === "connect") {
    if (world.turnedAway > 0) world.turnedAway -= 1
    else world.unreachable = undefined
  }
  if (operation.do === "close") lose(world, "the app has closed")
  if (operation.do === "steer") world.isSteered = true
  if (operation.do === "cancel") return cancel(operation.request, world)
  if (!("request" in operation)) return undefined
  if (world.requests.has(operation.request))
    return `asks for "${operation.request}" a second time; give it another name`
  world.requests.set(operation.request, operation)
  return undefined
}

function cancel(request: string | undefined, world: World): string | undefined {
  const wrong = request === undefined ? undefined : unasked(request, world)
  if (wrong !== undefined || world.cancelsLate) return wrong
  for (const response of world.responses.values())
    if (request === undefined ? !response.outOfBand : response.request === request) response.isCancelled = true
  return undefined
}

function unasked(request: string, { requests }: World): string | undefined {
  return requests.has(request) ? undefined : `speaks of "${request}", which nobody asked for before`
}

function unheard({ step, response }: { step: string; response: string }, world: World): string | undefined {
  const known = world.responses.get(response)
  if (!known) return `speaks of the response "${response}", which was not started before`
  const isVain = world.protocol === "realtime" && step === "must-hear" && !known.hasOutput
  return isVain ? `wants "${response}" heard, of which nothing was streamed before` : undefined
}

/** The connection is gone, and with it what ran on it. A client of Responses dials the next one when it needs one. */
function lose(world: World, why: string): void {
  if (world.protocol === "realtime") world.unreachable = why
  world.speech = "idle"
  for (const response of world.responses.values()) response.ended ??= why
}

function followNetwork(action: NetworkAction, world: World): string | undefined {
  switch (action.does) {
    case "accepts-late":
      return undefined
    case "refuses":
    case "never-answers":
      world.turnedAway += action.next
      return undefined
    case "holds":
    case "releases": {
      const holds = action.does === "holds"
      if (world.isHeld === holds) return holds ? "holds what is held already" : "releases what nothing holds"
      world.isHeld = holds
      return undefined
    }
    default:
      if (world.unreachable !== undefined) return `breaks a connection, and there is none: ${world.unreachable}`
      lose(world, action.does === "goes-silent" ? "the connection has gone silent" : "the connection is gone")
      return undefined
  }
}

function followServer(action: ServerAction, world: World): string | undefined {
  const prepared = prepare(action, world)
  if (prepared !== undefined) return prepared === "" ? undefined : prepared
  if (action.does === "ignores") return unasked(action.request, world)
  if (world.unreachable !== undefined) return `has no connection to happen on: ${world.unreachable}`
  switch (action.does) {
    case "starts":
      return start(action, world)
    case "streams":
    case "finishes-item":
    case "calls-tool":
    case "finishes":
      return goOn(action, world)
    case "fails-steer":
      return unstarted(action.response, world) ?? notOver(action.response, world)
    case "errors":
      return (action.for === undefined ? undefined : unasked(action.for, world)) ?? endByError(action.response, world)
    case "hears-speech":
      return hearSpeech(action.part, world)
    case "hears-nothing":
      return world.speech === "idle" ? undefined : "is a silence in the middle of speech"
    case "expires":
      lose(world, "the session has expired")
      return undefined
    default:
      return undefined
  }
}

/** Steps that need no connection: "" when all is well, undefined for other steps. */
function prepare(action: ServerAction, world: World): string | undefined {
  switch (action.does) {
    case "turns-away":
      world.turnedAway += action.next
      return ""
    case "cancels-late":
      world.cancelsLate = true
      return ""
    case "refuses-update":
      return ""
    case "forgets":
      return unstarted(action.response, world) ?? ""
    case "acknowledges": {
      const later = action.from === "later"
      if (!later && !world.acknowledgesLater) return "brings acknowledgements that nothing keeps back"
      world.acknowledgesLater = later
      return ""
    }
    default:
      return undefined
  }
}

function unstarted(response: string, { responses }: World): string | undefined {
  return responses.has(response) ? undefined : `speaks of the response "${response}", which was not started before`
}

/** Steering that was accepted is given back when the response has ended (PROTOCOL.md C.5). */
function notOver(response: string, { responses }: World): string | undefined {
  const isOver = responses.get(response)?.ended !== undefined
  return isOver ? undefined : `gives back what was added to the response "${response}", which is not over`
}

function start(
  { response, for: request, after }: Extract<ServerAction, { does: "starts" }>,
  world: World,
): string | undefined {
  const { requests, responses } = world
  if (after !== undefined && !(world.isSteered && responses.has(after.replace(/^resp_/, ""))))
    return `starts "${response}" after ${after}, to which nothing was added`
  if (responses.has(response)) return `starts the response "${response}" a second time`
  if (request !== null && !requests.has(request)) return unasked(request, world)
  const operation = request === null ? undefined : requests.get(request)
  const outOfBand = operation?.do === "request" && operation.outOfBand === true
  const active = [...responses].find(([, each]) => each.ended === undefined && !each.outOfBand && !each.isCancelled)
  if (world.protocol === "realtime" && !outOfBand && active)
    return `starts "${response}" while "${active[0]}" is active in the default conversation`
  responses.set(response, { request, outOfBand, hasOutput: false, isCancelled: false })
  return undefined
}

type Going = Extract<ServerAction, { does: "streams" | "finishes-item" | "calls-tool" | "finishes" }>

function goOn(action: Going, world: World): string | undefined {
  const response = world.responses.get(action.response)
  if (!response) return `goes on with the response "${action.response}", which was not started before`
  if (response.ended !== undefined)
    return `goes on with the response "${action.response}", which is over: ${response.ended}`
  if (action.does === "calls-tool" && !world.tools.has(action.tool))
    return `calls the tool "${action.tool}", which the scenario does not offer`
  if (action.does === "streams") response.hasOutput = true
  if (action.does === "finishes-item" && !response.hasOutput) return "finishes an item, and none is open"
  if (action.does === "finishes") response.ended = "it has been finished"
  return undefined
}

/** Responses over WebSocket: an error may be the end of a response. */
function endByError(label: string | undefined, { responses }: World): string | undefined {
  if (label === undefined) return undefined
  const response = responses.get(label)
  if (!response) return `ends the response "${label}", which was not started before`
  if (response.ended !== undefined) return `ends the response "${label}", which is over: ${response.ended}`
  response.ended = "an error has ended it"
  return undefined
}

const speechOrder = {
  starts: { from: "idle", to: "speaking" },
  stops: { from: "speaking", to: "stopped" },
  commits: { from: "stopped", to: "idle" },
} as const

function hearSpeech(part: keyof typeof speechOrder, world: World): string | undefined {
  const { from, to } = speechOrder[part]
  if (world.speech !== from) return `comes out of order: the user is ${world.speech}, not ${from}`
  world.speech = to
  if (part !== "starts") return undefined
  for (const response of world.responses.values())
    if (!response.outOfBand) response.ended ??= "the user spoke, and the server cancelled it"
  return undefined
}
