// What each of a story's server steps says on the wire, composed from the model when its turn comes.
import type { WireEvent } from "../protocol/event.ts"
import { step } from "../protocol/realtime/transitions.ts"
import type { ServerAction } from "../script/steps.ts"
import type { Claims } from "./claims.ts"
import type { Line } from "./line.ts"
import { composePiece, isRunningOn, responseId } from "./output.ts"
import type { Stage } from "./server.ts"

export interface Actions {
  act(action: ServerAction): void
}

type Does<K extends ServerAction["does"]> = Extract<ServerAction, { does: K }>

export function createActions(stage: Stage, claims: Claims): Actions {
  const { labels } = stage
  const miss = (what: string) => void stage.missed.push(what)
  /** The connection that has that response, or else the newest one that reaches the client. */
  const lineOf = (label?: string) =>
    (label && stage.lines.find((line) => line.model.state.responses.has(responseId(label)))) ||
    stage.lines.findLast((line) => line.connection.reaches) ||
    stage.lines.at(-1)

  const starts = (line: Line, { response, for: request, metadata }: Does<"starts">) =>
    line.say(() => {
      const start = { id: responseId(response), ...(metadata ? { metadata: null } : {}) }
      if (request === null) return line.model.composer.startResponse(start)
      const create = claims.find(request, line.model.state.pendingCreates)
      if (!create) miss(`the server could not start ${response}: no response.create of "${request}" was waiting`)
      return create ? line.model.composer.startResponse({ ...start, for: create }) : []
    })
  const streams = (line: Line, { response, pieces, ...how }: Does<"streams">) => {
    for (let left = pieces; left > 0; left--) line.say(() => composePiece(line, labels, response, how))
  }
  const callsTool = (line: Line, { response, call, tool, args, leave }: Does<"calls-tool">) => {
    const { composer } = line.model
    const id = responseId(response)
    const half = Math.ceil(args.length / 2)
    const delta = (argumentsPart: string) => () =>
      isRunningOn(line, id) ? composer.callDelta(id, { call_id: `call_${call}`, name: tool, argumentsPart }) : []
    line.say(delta(args.slice(0, half)))
    if (leave === "open") return
    line.say(delta(args.slice(half)))
    line.say(() => (isRunningOn(line, id) ? composer.finishItem(id, { item: `call_${call}` }) : []))
  }
  const finishes = (line: Line, { response, status, reason, error }: Does<"finishes">) =>
    line.say(() => {
      const outcome = { status, ...(reason ? { reason } : {}), ...(error ? { error } : {}) } as const
      return isRunningOn(line, responseId(response))
        ? line.model.composer.finishResponse(responseId(response), outcome as never)
        : []
    })
  /** Takes a create from those that wait: it will never get a response. */
  const takeWaiting = (line: Line, request: string, to: string) => {
    const waiting = line.model.state.pendingCreates
    const create = claims.find(request, waiting)
    if (create) waiting.splice(waiting.indexOf(create), 1)
    else miss(`the server could not ${to} "${request}": no response.create of it was waiting`)
    return create
  }
  const errors = (line: Line, action: Does<"errors">) =>
    line.say(() => {
      const create = action.for === undefined ? undefined : takeWaiting(line, action.for, "refuse")
      if (create) step(line.model.state.transitionsTaken, "response", "requested", "error")
      const event_id = action.eventId === "echoed" ? (create?.event_id ?? null) : null
      const { code, type = "invalid_request_error", message = `The request failed: ${code}.` } = action
      return line.model.composer.error({ code, type, message, event_id })
    })
  const repeats = (line: Line, { type, sameEventId }: Does<"repeats">) => {
    line.put(() => {
      const event = repeated(line.last(type), sameEventId)
      return event && { kind: "event", event }
    })
  }

  const act: Actions["act"] = (action) => {
    const line = lineOf("response" in action ? action.response : undefined)
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
        return line.say(() => line.model.composer.finishItem(responseId(action.response)))
      case "finishes":
        return finishes(line, action)
      case "errors":
        return errors(line, action)
      case "ignores":
        return void takeWaiting(line, action.request, "ignore")
      case "hears-speech":
        return line.say(() => speech(line, action.part))
      case "hears-nothing":
        return line.say(() => line.model.composer.idleTimeout())
      case "tells-rate-limits":
        return line.say(() => line.model.composer.rateLimits())
      case "transcribes":
        return line.say(() => transcription(line, action.part))
      case "sends":
        return line.put(() => ({ kind: "event", event: { event_id: stage.nextEventId(), ...action.event } }))
      case "sends-text":
        return line.put(() => ({ kind: "text", text: action.text }))
      case "sends-binary":
        return line.put(() => ({ kind: "binary", bytes: action.bytes }))
      case "repeats":
        return repeats(line, action)
      case "expires":
        line.say(() => line.model.composer.sessionExpired())
        return line.put(() => ({
          kind: "close",
          code: 1001,
          reason: "Your session hit the maximum duration of 60 minutes.",
        }))
    }
  }
  return { act }
}

function repeated(event: WireEvent | undefined, sameEventId: boolean): WireEvent | undefined {
  if (!event || sameEventId) return event
  return { ...event, event_id: `${event.event_id}_again` }
}

function speech(line: Line, part: Does<"hears-speech">["part"]): readonly WireEvent[] {
  const { composer } = line.model
  if (part === "starts") return composer.interruption()
  return part === "stops" ? composer.speechStopped() : composer.commitSpeech()
}

function transcription(line: Line, part: Does<"transcribes">["part"]): readonly WireEvent[] {
  const { composer, state } = line.model
  const item =
    state.input.itemId ?? state.order.findLast((id) => state.items.get(id)?.role === "user") ?? "item_unknown"
  if (part === "delta") return composer.transcriptionDelta(item, "hello")
  return part === "completed" ? composer.transcriptionCompleted(item, "hello") : composer.transcriptionFailed(item)
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
