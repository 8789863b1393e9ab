// The Realtime API as the scripted server speaks it: the model of one connection, in the words of a dialect.
import type { MalformedFrame, WireEvent } from "../protocol/event.ts"
import { realtimeInventory } from "../protocol/parse.ts"
import { createDialect, type DialectName } from "../protocol/realtime/dialects.ts"
import { countingIds, type Ids } from "../protocol/realtime/ids.ts"
import { createRealtimeModel, type RealtimeModel } from "../protocol/realtime/model.ts"
import { DEFAULT_SESSION, mergeUpdate } from "../protocol/realtime/session-settings.ts"
import type { PendingCreate } from "../protocol/realtime/state.ts"
import { step } from "../protocol/realtime/transitions.ts"
import type { Scenario } from "../script/scenario.ts"
import type { ServerAction } from "../script/steps.ts"
import { createClaims } from "./claims.ts"
import { composePiece, isRunning } from "./output.ts"
import { laterIds } from "./recorded.ts"
import type { Stage } from "./server.ts"
import type { Does, Protocol, Speaker, Waiting } from "./speaker.ts"

export function realtimeProtocol(stage: Stage, server: Scenario["server"] = {}, dialect: DialectName): Protocol {
  const ids = server.asRecorded ? laterIds(countingIds()) : countingIds()
  return {
    inventory: realtimeInventory,
    claims: createClaims(),
    speaker({ url }) {
      const model = createRealtimeModel({ ids, ...modelOptions(server, url) })
      // What was recorded is in the dialect's words already.
      const words = server.asRecorded ? "openai" : dialect
      return createSpeaker({ stage, ids, model, dialect: words, isSideband: server.sideband === true })
    },
  }
}

interface Speaking {
  readonly stage: Stage
  readonly ids: Ids
  readonly model: RealtimeModel
  readonly dialect: DialectName
  readonly isSideband: boolean
}

function createSpeaker({ stage, ids, model, dialect, isSideband }: Speaking): Speaker {
  const { composer, state } = model
  const { incoming, outgoing } = createDialect(dialect)
  const isOn = (id: string) => {
    const response = state.responses.get(id)
    return response !== undefined && isRunning(response)
  }
  const own = (create: Waiting | null | undefined) => state.pendingCreates.find((each) => each === create)
  const dismiss = (create: Waiting | undefined) => {
    const waiting = own(create)
    if (waiting) state.pendingCreates.splice(state.pendingCreates.indexOf(waiting), 1)
    return waiting
  }
  return {
    hear: (message) => answersTo(stage, model, "type" in message ? incoming(message) : message),
    apply: (event) => void model.applyServer(event),
    outgoing,
    // How a cancelled response ends depends on what is said of it until then.
    hearsInTurn: ({ type }) => type === "response.cancel",
    isVerbatim: dialect === "openai",
    waiting: () => state.pendingCreates,
    dismiss,
    knows: (id) => state.responses.has(id),
    running: () => [...state.responses.keys()].filter(isOn),
    greeting: () => (isSideband ? [] : composer.sessionCreated()),
    start(id, create, { metadata } = {}) {
      const waiting = own(create)
      if (!waiting?.outOfBand && state.activeDefault !== null) return undefined
      return composer.startResponse({ id, ...(metadata && { metadata: null }), ...(waiting && { for: waiting }) })
    },
    answer: (id, create) => answered(model, id, own(create)),
    successorsOwed: () => [],
    piece: (label, how) => composePiece(model, stage.labels, label, how),
    call: (id, part) => (isOn(id) ? composer.callDelta(id, part) : []),
    finishItem: (id, item) => (isOn(id) ? composer.finishItem(id, item === undefined ? {} : { item }) : []),
    finish(id, outcome) {
      if (!isOn(id)) return []
      return outcome ? composer.finishResponse(id, outcomeOf(outcome)) : composer.finishResponse(id)
    },
    error({ code, type = "invalid_request_error", message = `The request failed: ${code}.`, eventId }, create) {
      const refused = dismiss(create)
      if (refused) step(state.transitionsTaken, "response", "requested", "error")
      return composer.error({
        code,
        type,
        message,
        event_id: eventId === "echoed" ? (refused?.event_id ?? null) : null,
      })
    },
    failedAfterError: () => [],
    stamped: (event) => ({ event_id: ids.next("event"), ...event }),
    expire: () => composer.sessionExpired(),
    closeWhenExpired: { code: 1001, reason: "Your session hit the maximum duration of 60 minutes." },
    special: (action) => special(model, action),
    transitions: () => state.transitionsTaken,
  }
}

/** What the model answers, or what the story has it answer instead. */
function answersTo(stage: Stage, model: RealtimeModel, message: WireEvent | MalformedFrame): readonly WireEvent[] {
  const type = "type" in message ? message.type : undefined
  if (type === "session.update") return model.applyClient(message, stage.updateRefusals.shift())
  const answers = model.applyClient(message)
  const isAccepted = answers.every((answer) => answer.type !== "error")
  return type === "response.cancel" && stage.cancelsLate && isAccepted ? [] : answers
}

function answered({ state, composer }: RealtimeModel, id: string, create: PendingCreate | undefined) {
  if (!create) return []
  if (!create.outOfBand && state.activeDefault !== null) return composer.createRefused(create)
  return composer.startResponse({ id, for: create })
}

type Outcome = NonNullable<Parameters<RealtimeModel["composer"]["finishResponse"]>[1]>

/** A story may give a reason that nobody has documented. */
function outcomeOf({ status, reason, error }: Omit<Does<"finishes">, "does" | "response">): Outcome {
  return {
    status,
    ...(reason ? { reason: reason as NonNullable<Outcome["reason"]> } : {}),
    ...(error ? { error } : {}),
  }
}

function special(model: RealtimeModel, action: ServerAction): readonly WireEvent[] | undefined {
  switch (action.does) {
    case "hears-speech":
      return speech(model, action.part)
    case "hears-nothing":
      return model.composer.idleTimeout()
    case "tells-rate-limits":
      return model.composer.rateLimits()
    case "transcribes":
      return transcription(model, action.part)
    default:
      return undefined
  }
}

function speech({ composer }: RealtimeModel, part: Does<"hears-speech">["part"]): readonly WireEvent[] {
  if (part === "starts") return composer.interruption()
  return part === "stops" ? composer.speechStopped() : composer.commitSpeech()
}

function transcription({ composer, state }: RealtimeModel, part: Does<"transcribes">["part"]): readonly WireEvent[] {
  const item =
    state.input.itemId ?? state.order.findLast((id) => state.items.get(id)?.role === "user") ?? "item_unknown"
  if (part === "delta") return composer.transcriptionDelta(item, "hello")
  return part === "completed" ? composer.transcriptionCompleted(item, "hello") : composer.transcriptionFailed(item)
}

function modelOptions(server: NonNullable<Scenario["server"]>, url: string) {
  const model = new URL(url, "ws://localhost").searchParams.get("model") ?? "gpt-realtime"
  const turns = server.turnDetection === "none" ? { audio: { input: { turn_detection: null } } } : {}
  return {
    session: { ...mergeUpdate(DEFAULT_SESSION, turns), model },
    ...(server.echoEventId === undefined ? {} : { echoEventId: server.echoEventId }),
  }
}
