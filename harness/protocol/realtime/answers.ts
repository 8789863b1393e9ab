// What a correct server does with a client event that it accepts: the change in what it knows, and what it says at once.

import type { WireEvent } from "../event.ts"
import { bytesPerMillisecond, pcmMilliseconds } from "./audio.ts"
import { cancelTarget } from "./client-rules.ts"
import { conversationItem } from "./compose-item.ts"
import { committedAudio } from "./compose-speech.ts"
import type { Composer } from "./composer.ts"
import type { Ids } from "./ids.ts"
import { forgetDelayedAcks, placeItem, rememberItem } from "./items.ts"
import { type JsonObject, read } from "./read.ts"
import { latestSession, mergeUpdate } from "./session-settings.ts"
import type { PendingCreate, RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

export interface Answering {
  readonly state: RealtimeState
  readonly ids: Ids
  readonly composer: Composer
}

type Answer = (answering: Answering, event: WireEvent) => WireEvent[]

const ANSWERS = new Map<string, Answer>([
  ["session.update", updateSession],
  ["input_audio_buffer.append", appendAudio],
  ["input_audio_buffer.commit", commitAudio],
  ["input_audio_buffer.clear", clearAudio],
  ["conversation.item.create", createItem],
  ["conversation.item.truncate", truncateItem],
  ["conversation.item.delete", deleteItem],
  ["conversation.item.retrieve", retrieveItem],
  ["response.create", createResponse],
  ["response.cancel", cancelResponse],
])

/** Takes an accepted client event; returns the server's answers, composed and not applied. */
export function answerClient(answering: Answering, event: WireEvent): WireEvent[] {
  return ANSWERS.get(event.type)?.(answering, event) ?? []
}

/** A create as it is remembered until it is answered. */
export function pendingCreate(ids: Ids, event: WireEvent): PendingCreate {
  const params = read.members(event.response)
  return {
    event_id: read.text(event.event_id),
    responseId: ids.next("resp"),
    params,
    metadata: read.object(params.metadata),
    outOfBand: params.conversation === "none",
  }
}

function updateSession({ state, ids }: Answering, event: WireEvent): WireEvent[] {
  const session = mergeUpdate(latestSession(state), read.members(event.session))
  state.updatesOwed.push({ event_id: read.text(event.event_id), session })
  step(state.transitionsTaken, "session", state.phase, "session.update")
  return [{ type: "session.updated", event_id: ids.next("event"), session }]
}

function appendAudio({ state }: Answering, event: WireEvent): WireEvent[] {
  const { input, transitionsTaken } = state
  const format = read.members(read.members(read.members(state.session.audio).input).format)
  const lastsMs = pcmMilliseconds(read.text(event.audio) ?? "", bytesPerMillisecond(format))
  input.bufferedMs += lastsMs
  input.receivedMs += lastsMs
  step(transitionsTaken, "input", input.phase, "input_audio_buffer.append")
  return []
}

/** The item of a manual commit is a new one, even during speech (PROTOCOL.md V02). */
function commitAudio({ state, ids }: Answering): WireEvent[] {
  const itemId = ids.next("item")
  state.input.bufferedMs = 0
  state.input.commitsOwed.push(itemId)
  return committedAudio(state, ids, itemId)
}

function clearAudio({ state, ids }: Answering): WireEvent[] {
  state.input.bufferedMs = 0
  return [{ type: "input_audio_buffer.cleared", event_id: ids.next("event") }]
}

function createItem({ state, ids }: Answering, event: WireEvent): WireEvent[] {
  const given = read.members(event.item)
  const chosenId = read.text(given.id)
  const id = chosenId ?? ids.next("item")
  const item: JsonObject = Object.assign({}, given, given.type === "message" ? { id, status: "completed" } : { id })
  const after = event.previous_item_id
  const previous = after === "root" ? null : (read.text(after) ?? state.order.at(-1) ?? null)
  const phase = step(state.transitionsTaken, "item", "absent", "conversation.item.create") ?? "asked"
  rememberItem(state, id, item, { phase, generatedId: chosenId === null })
  placeItem(state.order, id, after)
  const acks = [conversationItem(ids, "added", item, previous), conversationItem(ids, "done", item, previous)]
  if (given.type !== "function_call_output" || state.activeDefault === null) return acks
  state.delayedAcks.push(...acks)
  return []
}

function truncateItem({ ids }: Answering, event: WireEvent): WireEvent[] {
  const { item_id, content_index, audio_end_ms } = event
  const event_id = ids.next("event")
  return [{ type: "conversation.item.truncated", event_id, item_id, content_index, audio_end_ms }]
}

function deleteItem({ state, ids }: Answering, event: WireEvent): WireEvent[] {
  const item = state.items.get(read.text(event.item_id) ?? "")
  if (item !== undefined) {
    step(state.transitionsTaken, "item", item.phase, "conversation.item.deleted")
    item.phase = "deleted"
    const index = state.order.indexOf(item.id)
    if (index !== -1) state.order.splice(index, 1)
    forgetDelayedAcks(state, item.id)
  }
  return [{ type: "conversation.item.deleted", event_id: ids.next("event"), item_id: event.item_id }]
}

function retrieveItem({ state, ids }: Answering, event: WireEvent): WireEvent[] {
  const item = state.items.get(read.text(event.item_id) ?? "")?.wire
  return [{ type: "conversation.item.retrieved", event_id: ids.next("event"), item }]
}

/** When the response starts is for the caller to choose. */
function createResponse({ state, ids }: Answering, event: WireEvent): WireEvent[] {
  state.pendingCreates.push(pendingCreate(ids, event))
  step(state.transitionsTaken, "response", "absent", "response.create")
  return []
}

function cancelResponse({ state, composer }: Answering, event: WireEvent): WireEvent[] {
  const id = cancelTarget(state, event)
  const response = state.responses.get(id ?? "")
  if (response === undefined) return []
  response.phase = step(state.transitionsTaken, "response", response.phase, "response.cancel") ?? response.phase
  return composer.finishResponse(response.id)
}
