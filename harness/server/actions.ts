// What each of a story's server steps says on the wire, composed from the model when its turn comes.
import type { WireEvent } from "../protocol/event.ts"
import type { ServerAction } from "../script/steps.ts"
import type { Line } from "./line.ts"
import type { Stage } from "./server.ts"
import { type Claims, type Does, responseId, type Waiting } from "./speaker.ts"

export interface Actions {
  act(action: ServerAction): void
}

export function createActions(stage: Stage, claims: Claims): Actions {
  const miss = (what: string) => void stage.missed.push(what)
  const lineOf = createChoice(stage, claims)
  /** The create of that request, or one that may be its own sent again; where it may share one, the earliest that waits. */
  const waitingFor = (line: Line, request: string, to: string) => {
    const waiting = line.speaker.waiting()
    const own = waiting.find((each) => claims.isFor(each, request)) ?? waiting.find(claims.isFree)
    const create = own ?? waiting.find((each) => claims.mayShare(each, request))
    if (!create) miss(`the server could not ${to}: no response.create of "${request}" was waiting`)
    return create
  }

  const starts = (line: Line, { response, for: request, ...how }: Does<"starts">) =>
    line.say(() => {
      const create = request === null ? null : waitingFor(line, request, `start ${response}`)
      if (create === undefined) return []
      const events = line.speaker.start(responseId(response), create, how)
      if (!events) miss(`the server could not start ${response}: another response comes first`)
      return events ?? []
    })
  const streams = (line: Line, { response, pieces, ...how }: Does<"streams">) => {
    for (let left = pieces; left > 0; left--) line.say(() => line.speaker.piece(response, how))
  }
  const callsTool = (line: Line, { response, call, tool, args, leave }: Does<"calls-tool">) => {
    const { speaker } = line
    const id = responseId(response)
    const half = Math.ceil(args.length / 2)
    const delta = (argumentsPart: string) => () =>
      speaker.call(id, { call_id: `call_${call}`, name: tool, argumentsPart })
    line.say(delta(args.slice(0, half)))
    if (leave === "open") return
    line.say(delta(args.slice(half)))
    line.say(() => speaker.finishItem(id, `call_${call}`))
  }
  const errors = (line: Line, action: Does<"errors">) => {
    let create: Waiting | undefined
    let isSaid = false
    line.say(() => {
      create = action.for === undefined ? undefined : waitingFor(line, action.for, "refuse it")
      const events = line.speaker.error(action, create)
      isSaid = events.length > 0
      return events
    })
    if (action.thenFailed) line.say(() => (isSaid ? line.speaker.failedAfterError(action, create) : []))
  }
  const ignores = (line: Line, request: string) => {
    const create = waitingFor(line, request, "ignore it")
    if (create) line.speaker.dismiss(create)
  }
  const expires = (line: Line, action: Does<"expires">) => {
    line.say(() => line.speaker.expire(action))
    const { code = line.speaker.closeWhenExpired.code } = action
    line.put(() => ({ kind: "close", ...line.speaker.closeWhenExpired, code }))
  }
  const special = (line: Line, action: ServerAction) =>
    line.say(() => {
      const events = line.speaker.special(action)
      if (!events) miss(`the server could not say "${action.does}": its protocol has no such thing`)
      return events ?? []
    })
  const repeats = (line: Line, { type, sameEventId }: Does<"repeats">) => {
    line.put(() => {
      const event = repeated(line.last(type), sameEventId)
      return event && { kind: "event", event }
    })
  }

  const act: Actions["act"] = (action) => {
    const line = lineOf(action)
    if (prepare(stage, action)) return
    if (!line) return miss(`server ${action.does}: no client had connected`)
    switch (action.does) {
      case "starts":
        return starts(line, action)
      case "streams":
        return streams(line, action)
      case "calls-tool":
        return callsTool(line, action)
      case "finishes-item":
        return line.say(() => line.speaker.finishItem(responseId(action.response)))
      case "finishes":
        return line.say(() => line.speaker.finish(responseId(action.response), action))
      case "errors":
        return errors(line, action)
      case "ignores":
        return ignores(line, action.request)
      case "sends":
        return line.put(() => ({ kind: "event", event: line.speaker.stamped(action.event) }))
      case "tells":
        return line.say(() => [stage.recorded?.bound(action.event) ?? action.event])
      case "sends-text":
        return line.put(() => ({ kind: "text", text: action.text }))
      case "sends-binary":
        return line.put(() => ({ kind: "binary", bytes: action.bytes }))
      case "repeats":
        return repeats(line, action)
      case "expires":
        return expires(line, action)
      default:
        return special(line, action)
    }
  }
  return { act }
}

function repeated(event: WireEvent | undefined, sameEventId: boolean): WireEvent | undefined {
  if (!event || sameEventId) return event
  return { ...event, event_id: `${event.event_id}_again` }
}

/** The connection that is named, that has the response or the one it succeeds, or where the request waits, even if that is
 * gone: what is said there reaches nobody. Or else the newest one that reaches the client. */
function createChoice(stage: Stage, claims: Claims) {
  const waits = (line: Line, request: string) => line.speaker.waiting().some((create) => claims.isFor(create, request))
  const lineWith = (request: string): Line | undefined => {
    const open = stage.lines.filter((line) => line.connection.reaches)
    return (
      open.findLast((line) => waits(line, request)) ??
      open.findLast((line) => line.speaker.waiting().some(claims.isFree)) ??
      stage.lines.findLast((line) => waits(line, request))
    )
  }
  /** Where each response was to start: what follows may be said before that has been delivered. */
  const begun = new Map<string, Line>()
  const lineOf = (action: ServerAction): Line | undefined => {
    const label = "response" in action ? action.response : undefined
    const request = "for" in action ? action.for : "request" in action ? action.request : undefined
    const parent = "after" in action ? action.after : undefined
    const number = "connection" in action ? action.connection : undefined
    if (number !== undefined) return stage.lines.find(({ connection }) => connection.number === number)
    return (
      (label && stage.lines.find((line) => line.speaker.knows(responseId(label)))) ||
      (parent && stage.lines.find((line) => line.speaker.knows(parent))) ||
      (request && lineWith(request)) ||
      (label && begun.get(label)) ||
      stage.lines.findLast((line) => line.connection.reaches) ||
      stage.lines.at(-1)
    )
  }
  return (action: ServerAction) => {
    const line = lineOf(action)
    if (line && action.does === "starts") begun.set(action.response, line)
    return line
  }
}

/** What a story arranges for later, on whatever connection it will be; false: the action is for the wire, now. */
function prepare(stage: Stage, action: ServerAction): boolean {
  switch (action.does) {
    case "acknowledges":
      acknowledge(stage, action.from)
      return true
    case "cancels-late":
      stage.cancelsLate = true
      return true
    case "refuses-update": {
      const { code, message, param } = action
      stage.updateRefusals.push({ code, message, param, namesEvent: true })
      return true
    }
    case "turns-away":
      for (let left = action.next; left > 0; left--) stage.farewells.push(action)
      return true
    default:
      return false
  }
}

function acknowledge(stage: Stage, from: "later" | "now") {
  const waiting = stage.acknowledgements ?? []
  stage.acknowledgements = from === "later" ? waiting : undefined
  if (from === "now") for (const say of waiting) say()
}
