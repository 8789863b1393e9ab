// Responses over WebSocket as the scripted server speaks it. What is stored outlives a connection, so the connections of
// a case share it.
import type { WireEvent } from "../protocol/event.ts"
import { responsesInventory } from "../protocol/parse.ts"
import { countingIds, type Ids } from "../protocol/realtime/ids.ts"
import type { ErrorMembers } from "../protocol/responses/errors.ts"
import { createResponsesModel, type ResponsesModel } from "../protocol/responses/model.ts"
import type { PendingCreate } from "../protocol/responses/state.ts"
import type { Scenario } from "../script/scenario.ts"
import type { ServerAction } from "../script/steps.ts"
import { textPiece } from "../trace/content.ts"
import { laterIds } from "./recorded.ts"
import { createResponsesClaims } from "./responses-claims.ts"
import { type Does, type Protocol, responseId, type Speaker, type Waiting } from "./speaker.ts"

export function responsesProtocol(server: Scenario["server"] = {}): Protocol {
  const { profile = "lanes", stored = true, errorShape = "wrapped" } = server
  const ids = server.asRecorded ? laterIds(countingIds()) : countingIds()
  const archive = new Map()
  return {
    inventory: responsesInventory,
    claims: createResponsesClaims(),
    speaker: () => createSpeaker(createResponsesModel({ ids, profile, stored, archive, errorShape }), ids),
  }
}

function createSpeaker(model: ResponsesModel, ids: Ids): Speaker {
  const { composer, state } = model
  const isOn = (id: string) => isRunning(state.responses.get(id)?.phase)
  const own = (create: Waiting | null | undefined) => state.pending.find((each) => each === create)
  return {
    hear: (message) => model.applyClient(message),
    apply: (event) => void model.applyServer(event),
    outgoing: (event) => [event],
    // What the server says before may be the end of the response that is steered.
    hearsInTurn: ({ type }) => type === "response.steer",
    isVerbatim: true,
    waiting: () => state.pending,
    dismiss(create) {
      const waiting = own(create)
      if (waiting) state.pending.splice(state.pending.indexOf(waiting), 1)
    },
    knows: (id) => state.responses.has(id),
    running: () => [...state.responses.keys()].filter(isOn),
    greeting: () => [],
    start: (id, create, how) => started(model, id, own(create), how),
    answer(id, create) {
      const waiting = own(create)
      if (!waiting) return []
      return composer.startable().includes(waiting) ? composer.startResponse({ id, for: waiting }) : undefined
    },
    successorsOwed: () => composer.successorsOwed(),
    piece: (label) => (isOn(responseId(label)) ? piece(model, label) : []),
    call: (id, part) => (isOn(id) ? composer.callDelta(id, part) : []),
    finishItem: (id, item) => (isOn(id) ? composer.finishItem(id, item === undefined ? {} : { item }) : []),
    finish: (id, outcome) => (isOn(id) ? composer.finishResponse(id, outcome && outcomeOf(outcome)) : []),
    error(error, create) {
      // What is over cannot fail any more, and errors name nothing: this one would be taken for another request's.
      const isVain =
        (error.for !== undefined && !own(create)) || (error.response !== undefined && !isOn(responseId(error.response)))
      return isVain ? [] : composer.error(errorOf(error, own(create)))
    },
    failedAfterError: (error, create) => failedAfter(model, error, create, ids),
    stamped: (event) => event,
    expire: ({ shape }) => composer.connectionLimit(shape),
    // With which code is in no record. The Realtime API closes with this one after its 60 minutes (PROTOCOL.md N05).
    closeWhenExpired: { code: 1001, reason: "" },
    special: (action) => special(model, action),
    transitions: () => [...state.transitionsTaken].map((id) => `responses ${id}`),
  }
}

const isRunning = (phase: string | undefined) => phase === "created" || phase === "queued" || phase === "active"

function started(
  { composer }: ResponsesModel,
  id: string,
  create: PendingCreate | undefined,
  { after, queued = false }: Pick<Does<"starts">, "after" | "queued"> = {},
): readonly WireEvent[] | undefined {
  if (after !== undefined)
    return composer.successorsOwed().includes(after) ? composer.startResponse({ id, after }) : undefined
  return create && composer.startable().includes(create)
    ? composer.startResponse({ id, for: create, queued })
    : undefined
}

/** A warm-up has no output. */
function piece({ composer, state }: ResponsesModel, label: string): readonly WireEvent[] {
  const response = state.responses.get(responseId(label))
  if (!response?.generates) return []
  const said = response.items.flatMap(({ parts }) => parts.map(({ text }) => text)).join("")
  return composer.textDelta(response.id, textPiece(label, said.split("·").length))
}

type Outcome = NonNullable<Parameters<ResponsesModel["composer"]["finishResponse"]>[1]>

/** A story may end a response as nobody has documented: with a reason of its own, or cancelled (as failed). */
function outcomeOf({ status, reason, error, errorFirst, withoutOutput }: Omit<Does<"finishes">, "does" | "response">) {
  const outcome: Outcome = {
    status: status === "cancelled" ? "failed" : status,
    ...(reason ? { reason: reason as NonNullable<Outcome["reason"]> } : {}),
    ...(error ? { error: { code: error.code, message: error.message } } : {}),
    ...(errorFirst ? { errorFirst } : {}),
    ...(withoutOutput ? { withoutOutput } : {}),
  }
  return outcome
}

/** What it is about, in this order: the create it refuses, the response it ends, nothing. */
function errorOf(error: Omit<Does<"errors">, "does">, create: PendingCreate | undefined) {
  const { code, message = `The request failed: ${code}.`, shape, response } = error
  const about = create ?? (response === undefined ? undefined : responseId(response))
  return {
    ...membersOf(error),
    ...{ code, message },
    ...(about === undefined ? {} : { for: about }),
    ...(shape ? { shape } : {}),
  }
}

function membersOf({ type, status, statusField, param, headers }: Omit<Does<"errors">, "does">): Partial<ErrorMembers> {
  return {
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
    ...(statusField ? { statusField } : {}),
    ...(param === undefined ? {} : { param }),
    ...(headers ? { headers } : {}),
  }
}

/** As Open Responses has it (PROTOCOL.md C.4); of a request that never became a response, with an id of its own. */
function failedAfter(
  { composer, state }: ResponsesModel,
  error: Omit<Does<"errors">, "does">,
  create: Waiting | undefined,
  ids: Ids,
): readonly WireEvent[] {
  const { code, message = `The request failed: ${code}.`, response } = error
  const known = response === undefined ? undefined : state.responses.get(responseId(response))
  const why = { code: code ?? "server_error", message }
  if (known?.phase === "errored") return composer.finishResponse(known.id, { status: "failed", error: why })
  if (response !== undefined) return []
  const failed = { id: ids.next("resp"), object: "response", status: "failed", error: why, output: [] }
  const place = create?.lane ? { stream_id: create.lane } : {}
  return [{ type: "response.failed", sequence_number: 1, response: failed, ...place }]
}

function special(model: ResponsesModel, action: ServerAction): readonly WireEvent[] | undefined {
  if (action.does === "forgets") {
    model.forget(responseId(action.response))
    return []
  }
  if (action.does !== "fails-steer") return undefined
  const parentId = responseId(action.response)
  const queued = model.state.steers.filter((steer) => steer.parentId === parentId && steer.phase === "queued")
  return queued.flatMap((steer) => model.composer.steerFailed(steer, action.code))
}
