// What a correct server sends of a response: created, deltas (opening the item when none is open), the closing of items
// and response.done with everything in it. Composed from the state now and not applied.

import type { WireEvent } from "../event.ts"
import {
  callEvent,
  closeItem,
  finishedItem,
  type ItemPlace,
  nextContentIndex,
  openItem,
  partEvent,
  wirePart,
} from "./compose-item.ts"
import type { Ids } from "./ids.ts"
import { type JsonObject, read } from "./read.ts"
import { latestSession } from "./session-settings.ts"
import type { ItemState, PartState, PendingCreate, RealtimeState, ResponseState } from "./state.ts"

export interface ResponseStart {
  readonly id?: string
  /** The create it answers: its metadata is echoed and its conversation used. Without one the server made it. */
  readonly for?: PendingCreate
  readonly metadata?: JsonObject | null
  readonly outOfBand?: boolean
}

/** How a response ends. `reason` defaults to client_cancelled or max_output_tokens; `error` to a server_error. */
export interface ResponseOutcome {
  readonly status: "completed" | "cancelled" | "failed" | "incomplete"
  readonly reason?: "client_cancelled" | "turn_detected" | "max_output_tokens" | "content_filter"
  readonly error?: { readonly type: string; readonly code: string; readonly message?: string }
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
  startResponse(start?: ResponseStart): WireEvent[]
  textDelta(responseId: string, text: string, choice?: ItemChoice): WireEvent[]
  /** `audio` is base64. The transcript, if any, goes first, as recorded. */
  audioDelta(responseId: string, audio: string, transcript?: string, choice?: ItemChoice): WireEvent[]
  /** Each call_id is an item of its own. */
  callDelta(responseId: string, call: CallPart): WireEvent[]
  /** Closes one item: a call by its call_id, a message by its name, or else the one opened last. */
  finishItem(responseId: string, choice?: ItemChoice & { readonly status?: string }): WireEvent[]
  /** Closes all open items, then `response.done`, then the acknowledgements that waited for it. Without an outcome:
   * cancelled when a cancel was accepted, else completed. */
  finishResponse(responseId: string, outcome?: ResponseOutcome): WireEvent[]
}

const USAGE = {
  total_tokens: 32,
  input_tokens: 16,
  output_tokens: 16,
  input_token_details: { text_tokens: 16, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
  output_token_details: { text_tokens: 16, audio_tokens: 0 },
}

export function composeResponses(state: RealtimeState, ids: Ids): ResponseComposer {
  return {
    startResponse: (start = {}) => [created(state, ids, start)],
    textDelta(responseId, text, choice = {}) {
      const { place, contentIndex, opening } = openPart(state, ids, responseId, "text", choice.item)
      return [...opening, partEvent(place, "response.output_text.delta", contentIndex, { delta: text })]
    },
    audioDelta(responseId, audio, transcript = "", choice = {}) {
      const { place, contentIndex, opening } = openPart(state, ids, responseId, "audio", choice.item)
      const send = (type: string, delta: string) => opening.push(partEvent(place, type, contentIndex, { delta }))
      if (transcript !== "") send("response.output_audio_transcript.delta", transcript)
      if (audio !== "") send("response.output_audio.delta", audio)
      return opening
    },
    callDelta(responseId, { call_id, name, argumentsPart }) {
      refuseToldAgain(running(state, responseId).items, call_id, responseId)
      const { place, item } = placeFor(state, ids, responseId, call_id, "function_call")
      const wire = { id: place.itemId, type: "function_call", status: "in_progress", name, call_id, arguments: "" }
      const opening = item === null ? openItem(place, wire) : []
      return [...opening, callEvent(place, "delta", call_id, { delta: argumentsPart })]
    },
    finishItem(responseId, { item: key, status = "completed" } = {}) {
      const response = running(state, responseId)
      const item = openItemOf(response, key)
      if (item === null) throw new Error(`Response ${responseId} has no open item to finish; stream a delta first.`)
      return closeItem(placeOf(state, ids, response, item), item, status)
    },
    finishResponse(responseId, outcome) {
      const response = running(state, responseId)
      return finished(state, ids, response, outcome ?? expectedOutcome(response))
    },
  }
}

function created(state: RealtimeState, ids: Ids, start: ResponseStart): WireEvent {
  const params = start.for?.params ?? {}
  const session = latestSession(state)
  const id = start.id ?? start.for?.responseId ?? ids.next("resp")
  const output = read.members(read.members(session.audio).output)
  const voice = read.members(read.members(params.audio).output).voice ?? output.voice
  const outOfBand = start.outOfBand ?? start.for?.outOfBand ?? false
  state.plans.set(id, start.for ?? null)
  return {
    type: "response.created",
    event_id: ids.next("event"),
    response: {
      object: "realtime.response",
      id,
      status: "in_progress",
      status_details: null,
      output: [],
      conversation_id: outOfBand ? null : state.conversationId,
      output_modalities: params.output_modalities ?? session.output_modalities,
      max_output_tokens: params.max_output_tokens ?? session.max_output_tokens,
      audio: { output: { format: output.format, voice } },
      usage: null,
      metadata: start.metadata === undefined ? (start.for?.metadata ?? null) : start.metadata,
    },
  }
}

function expectedOutcome(response: ResponseState): ResponseOutcome {
  return { status: response.phase === "cancelling" ? "cancelled" : "completed" }
}

function finished(state: RealtimeState, ids: Ids, response: ResponseState, outcome: ResponseOutcome): WireEvent[] {
  const itemStatus = outcome.status === "completed" ? "completed" : "incomplete"
  const events: WireEvent[] = []
  for (const item of response.items) {
    if (!item.closed) events.push(...closeItem(placeOf(state, ids, response, item), item, itemStatus))
  }
  const output = response.items.map((item) => finishedItem(item, itemStatus))
  const { status } = outcome
  events.push({
    type: "response.done",
    event_id: ids.next("event"),
    response: { ...response.wire, status, status_details: statusDetails(outcome), output, usage: USAGE },
  })
  if (!response.outOfBand) events.push(...state.delayedAcks)
  return events
}

function statusDetails({ status, reason, error }: ResponseOutcome): JsonObject | null {
  if (status === "completed") return null
  if (status === "failed") {
    return { type: status, error: error ?? { type: "server_error", code: "server_error", message: "Server error." } }
  }
  return { type: status, reason: reason ?? (status === "cancelled" ? "client_cancelled" : "max_output_tokens") }
}

interface OpenPart {
  readonly place: ItemPlace
  readonly contentIndex: number
  readonly opening: WireEvent[]
}

/** Finds the open part that a delta continues, or composes the opening of one. */
function openPart(
  state: RealtimeState,
  ids: Ids,
  responseId: string,
  kind: PartState["kind"],
  key: string | undefined,
): OpenPart {
  const { place, item } = placeFor(state, ids, responseId, key, "message")
  const part = item?.parts.find((candidate) => candidate.kind === kind && !candidate.done)
  if (part !== undefined) return { place, contentIndex: part.contentIndex, opening: [] }
  const wire = { id: place.itemId, type: "message", status: "in_progress", role: "assistant", content: [] }
  const opening = item === null ? openItem(place, wire) : []
  const contentIndex = nextContentIndex(item)
  opening.push(partEvent(place, "response.content_part.added", contentIndex, { part: wirePart(kind, "") }))
  return { place, contentIndex, opening }
}

/** The open item of a name and type, or the place where the next item of the response goes. */
function placeFor(state: RealtimeState, ids: Ids, responseId: string, key: string | undefined, type: string) {
  const response = running(state, responseId)
  const item = openItemOf(response, key, type)
  if (item !== null) return { place: placeOf(state, ids, response, item), item }
  const itemId = ids.next("item")
  if (key !== undefined) state.itemKeys.set(itemId, key)
  const outputIndex = response.items.length
  const place: ItemPlace = { ids, response, itemId, outputIndex, previousItemId: state.order.at(-1) ?? null }
  return { place, item: null }
}

function placeOf(state: RealtimeState, ids: Ids, response: ResponseState, item: ItemState): ItemPlace {
  const previousItemId = state.order[state.order.indexOf(item.id) - 1] ?? null
  return { ids, response, itemId: item.id, outputIndex: item.outputIndex, previousItemId }
}

function openItemOf(response: ResponseState, key: string | undefined, type?: string): ItemState | null {
  for (let index = response.items.length - 1; index >= 0; index -= 1) {
    const item = response.items[index]
    if (item === undefined || item.closed || (type !== undefined && item.type !== type)) continue
    if (key === undefined || item.key === key || item.callId === key) return item
  }
  return null
}

function refuseToldAgain(items: readonly ItemState[], call_id: string, responseId: string): void {
  const isTold = items.some((item) => item.callId === call_id && item.closed)
  if (isTold)
    throw new Error(`Response ${responseId} has finished call ${call_id}; give another call a call_id of its own.`)
}

function running(state: RealtimeState, responseId: string): ResponseState {
  const response = state.responses.get(responseId)
  if (response?.phase === "active" || response?.phase === "cancelling") return response
  const why = response === undefined ? "it has not been created" : `it has ended as ${response.phase}`
  throw new Error(
    `Cannot compose output of response ${responseId}: ${why}. Apply its response.created first, or send raw events.`,
  )
}
