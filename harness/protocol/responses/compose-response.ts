// What a correct server sends of a response: its start (or the error that refuses it), deltas that open their item when
// none is open, and its end. Composed from the state now and not applied.

import type { WireEvent } from "../event.ts"
import type { Ids } from "../realtime/ids.ts"
import type { JsonObject } from "../realtime/read.ts"
import { refuseStart } from "./client-rules.ts"
import { closeItem, nextIndex, openPart, sayDelta } from "./compose-item.ts"
import { endResponse, type ResponseOutcome } from "./compose-terminal.ts"
import { type ErrorShape, errorEvent } from "./errors.ts"
import { mayStart } from "./lanes.ts"
import type { ItemState, PendingCreate, ResponseState, ResponsesState } from "./state.ts"
import { isRunning, queuedSteers } from "./steering.ts"
import { STREAMS, type StreamKind } from "./streams.ts"
import { createVoice } from "./voice.ts"

export interface ResponseStart {
  readonly id?: string
  /** The create it answers. */
  readonly for?: PendingCreate
  /** The steered response that it succeeds, by id; its lane and settings are inherited. */
  readonly after?: string
  /** Whether `response.queued` comes between created and in_progress. */
  readonly queued?: boolean
}

/** Which item of the response is meant, by a name that the caller gives it; absent: the one that is open. */
export interface ItemChoice {
  readonly item?: string
}

export interface CallPart {
  readonly call_id: string
  readonly name: string
  readonly argumentsPart: string
}

export interface ResponseComposer {
  /** `response.created` and `response.in_progress`; or the one error that refuses the create, when it is its turn and
   * what it continues from is gone. Without `for` and `after`: the create that is startable first. */
  startResponse(start?: ResponseStart): WireEvent[]
  textDelta(responseId: string, text: string, choice?: ItemChoice): WireEvent[]
  refusalDelta(responseId: string, text: string, choice?: ItemChoice): WireEvent[]
  /** Into the summary of a reasoning item. */
  reasoningDelta(responseId: string, text: string, choice?: ItemChoice): WireEvent[]
  /** Each call_id is an item of its own. */
  callDelta(responseId: string, call: CallPart): WireEvent[]
  /** Closes one item: a call by its call_id, another by its name, or else the one opened last. */
  finishItem(responseId: string, choice?: ItemChoice & { readonly status?: string }): WireEvent[]
  /** Closes all open items (not when it fails), then the terminal event, then what becomes of queued steering. */
  finishResponse(responseId: string, outcome?: ResponseOutcome): WireEvent[]
  /** The creates that may start now, oldest first. */
  startable(): PendingCreate[]
}

export function composeResponses(state: ResponsesState, ids: Ids, shape: ErrorShape): ResponseComposer {
  const startable = () => state.pending.filter((pending) => mayStart(state, pending))
  const message = (responseId: string, kind: StreamKind, text: string, key: string | undefined) =>
    streamed(state, ids, responseId, {
      kind,
      text,
      key,
      wire: { type: "message", status: "in_progress", role: "assistant", content: [] },
    })
  return {
    startable,
    startResponse(start = {}) {
      const { after } = start
      if (after !== undefined) return succeeded(state, ids, after, start)
      const pending = start.for ?? startable()[0]
      if (pending === undefined) {
        throw new Error("No response.create may start now; pass `for` or `after`, or send raw events.")
      }
      return started(state, pending, start, shape)
    },
    textDelta: (responseId, text, { item } = {}) => message(responseId, "output_text", text, item),
    refusalDelta: (responseId, text, { item } = {}) => message(responseId, "refusal", text, item),
    reasoningDelta: (responseId, text, { item } = {}) =>
      streamed(state, ids, responseId, {
        kind: "reasoning_summary_text",
        text,
        key: item,
        wire: { type: "reasoning", summary: [] },
      }),
    callDelta(responseId, { call_id, name, argumentsPart }) {
      refuseToldAgain(running(state, responseId).items, call_id, responseId)
      return streamed(state, ids, responseId, {
        kind: "function_call_arguments",
        text: argumentsPart,
        key: call_id,
        wire: { type: "function_call", status: "in_progress", call_id, name, arguments: "" },
      })
    },
    finishItem(responseId, { item: key, status = "completed" } = {}) {
      const response = running(state, responseId)
      const item = openItemOf(response, key)
      if (item === null) throw new Error(`Response ${responseId} has no open item to finish; stream a delta first.`)
      const voice = createVoice(response)
      closeItem(voice, item, status)
      return voice.events
    },
    finishResponse(responseId, outcome = { status: "completed" }) {
      const response = state.responses.get(responseId)
      const lateFailure = response?.phase === "errored" && outcome.status === "failed" && isLast(state, response)
      return endResponse(state, response && lateFailure ? response : running(state, responseId), outcome)
    },
  }
}

function started(state: ResponsesState, pending: PendingCreate, start: ResponseStart, shape: ErrorShape): WireEvent[] {
  const { lane, params, previousResponseId } = pending
  const refused = mayStart(state, pending) ? refuseStart(state, lane, params) : null
  if (refused !== null) return [errorEvent(refused, { lane, sequence: 0 }, shape)]
  const id = start.id ?? pending.responseId
  state.plans.set(id, { kind: "create", create: pending })
  const told = Object.assign({}, params, { previous_response_id: previousResponseId, store: pending.stores })
  return opening(id, pending, told, start.queued)
}

function succeeded(state: ResponsesState, ids: Ids, parentId: string, start: ResponseStart): WireEvent[] {
  const parent = state.responses.get(parentId)
  if (parent === undefined || queuedSteers(state, parentId).length === 0) {
    throw new Error(`Response ${parentId} has no accepted steering, so nothing succeeds it; steer it first.`)
  }
  const id = start.id ?? ids.next("resp")
  state.plans.set(id, { kind: "steer", parentId })
  const told = Object.assign({}, parent.params, { previous_response_id: parentId, store: parent.stores })
  return opening(id, parent, told, start.queued)
}

function opening(id: string, { lane }: Pick<PendingCreate, "lane">, params: JsonObject, queued = false): WireEvent[] {
  const voice = createVoice({ lane, nextSequence: 0 })
  voice.say("response.created", { response: wireResponse(id, params, queued ? "queued" : "in_progress") })
  if (queued) voice.say("response.queued", { response: wireResponse(id, params, "queued") })
  voice.say("response.in_progress", { response: wireResponse(id, params, "in_progress") })
  return voice.events
}

/** The model has no clock: every response is created at the same second. */
const createdAt = 1_790_000_000

function wireResponse(id: string, params: JsonObject, status: string): JsonObject {
  return {
    id,
    object: "response",
    created_at: createdAt,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: params.instructions ?? null,
    max_output_tokens: params.max_output_tokens ?? null,
    model: params.model ?? "gpt-5.5",
    output: [],
    parallel_tool_calls: params.parallel_tool_calls ?? true,
    previous_response_id: params.previous_response_id ?? null,
    store: params.store ?? true,
    temperature: params.temperature ?? 1,
    tool_choice: params.tool_choice ?? "auto",
    tools: params.tools ?? [],
    top_p: params.top_p ?? 1,
    truncation: params.truncation ?? "disabled",
    usage: null,
    metadata: params.metadata ?? {},
  }
}

interface Streamed {
  readonly kind: StreamKind
  readonly text: string
  readonly key: string | undefined
  /** The item as it is added, when none is open, without its id. */
  readonly wire: JsonObject
}

function streamed(state: ResponsesState, ids: Ids, responseId: string, { kind, text, key, wire }: Streamed) {
  const response = running(state, responseId)
  const voice = createVoice(response)
  const item = openItemOf(response, key, wire.type)
  const place = item ?? { id: ids.next("item"), outputIndex: response.items.length }
  if (item === null) {
    if (key !== undefined) state.itemKeys.set(place.id, key)
    voice.say("response.output_item.added", { output_index: place.outputIndex, item: { id: place.id, ...wire } })
  }
  const part = item?.parts.find((candidate) => candidate.kind === kind && !candidate.streamDone)
  const index = part?.index ?? nextIndex(item, kind)
  if (part === undefined && STREAMS[kind].place !== "item") openPart(voice, place, kind, index)
  sayDelta(voice, place, kind, index, text)
  return voice.events
}

function openItemOf(response: ResponseState, key: string | undefined, type?: unknown): ItemState | null {
  const fits = (item: ItemState) => item.phase !== "closed" && (type === undefined || item.type === type)
  const meant = (item: ItemState) => key === undefined || item.key === key || item.wire.call_id === key
  return response.items.findLast((item) => fits(item) && meant(item)) ?? null
}

function refuseToldAgain(items: readonly ItemState[], call_id: string, responseId: string): void {
  const isTold = items.some((item) => item.wire.call_id === call_id && item.phase === "closed")
  if (isTold)
    throw new Error(`Response ${responseId} has finished call ${call_id}; give another call a call_id of its own.`)
}

/** Whether no later response has been created on its lane. */
function isLast(state: ResponsesState, response: ResponseState): boolean {
  const lane = state.lanes.get(response.lane)
  return lane?.running === null && lane.last === response.id
}

function running(state: ResponsesState, responseId: string): ResponseState {
  const response = state.responses.get(responseId)
  if (response !== undefined && isRunning(response)) return response
  const why = response === undefined ? "it has not been created" : `it has ended as ${response.phase}`
  throw new Error(
    `Cannot compose output of response ${responseId}: ${why}. Apply its response.created first, or send raw events.`,
  )
}
