// Which client events the server refuses, and with which error. Nothing changes here: answers.ts does what is accepted.

import type { MalformedFrame, WireEvent } from "../event.ts"
import { type JsonObject, read } from "./read.ts"
import { type Refusal, refuse } from "./refusals.ts"
import { refuseUpdate } from "./session-settings.ts"
import type { ItemState, RealtimeState } from "./state.ts"

/** What a client sends: an event, or text that is none. */
export type ClientMessage = WireEvent | MalformedFrame

type Judge = (state: RealtimeState, event: WireEvent) => Refusal | null

const accept: Judge = () => null

/** The types that the server takes on a WebSocket (PROTOCOL.md B.4); output_audio_buffer.clear is for WebRTC and SIP. */
const JUDGES = new Map<string, Judge>([
  ["session.update", (state, event) => refuseUpdate(state, read.object(event.session))],
  ["input_audio_buffer.append", appended],
  ["input_audio_buffer.commit", committed],
  ["input_audio_buffer.clear", accept],
  ["conversation.item.create", itemCreated],
  ["conversation.item.truncate", itemTruncated],
  ["conversation.item.delete", (state, event) => unknownItem(state, event, "delete")],
  ["conversation.item.retrieve", (state, event) => unknownItem(state, event, "retrieve")],
  ["response.create", responseCreated],
  ["response.cancel", responseCancelled],
  ["session.close", accept], // these two stand in the server's own list, but belong to the translation sessions
  ["session.input_audio_buffer.append", accept],
])

/** Why the server refuses a message now, or null when it accepts. */
export function refuseClient(state: RealtimeState, message: ClientMessage): Refusal | null {
  if (!isEvent(message)) return refuseMalformed(message)
  const judge = JUDGES.get(message.type)
  if (judge !== undefined) return judge(state, message)
  const supported = [...JUDGES.keys()].map((type) => `'${type}'`).join(", ")
  return refuse.invalidValue(`Invalid value: '${message.type}'. Supported values are: ${supported}.`, "type")
}

export function isEvent(message: ClientMessage): message is WireEvent {
  return "type" in message && typeof message.type === "string"
}

/** The response that a `response.cancel` hits: the one it names, or the one of the default conversation. */
export function cancelTarget(state: RealtimeState, event: WireEvent): string | null {
  const id = event.response_id === undefined ? state.activeDefault : read.text(event.response_id)
  const phase = state.responses.get(id ?? "")?.phase
  return phase === "active" ? id : null
}

function refuseMalformed({ text, reason }: MalformedFrame): Refusal {
  if (/binary/i.test(String(reason))) return refuse.binary()
  try {
    JSON.parse(text)
  } catch {
    return refuse.notJson()
  }
  return refuse.noType()
}

function appended(_state: RealtimeState, event: WireEvent): Refusal | null {
  return typeof event.audio === "string" ? null : refuse.missingParameter("audio")
}

function committed(state: RealtimeState): Refusal | null {
  return state.input.bufferedMs < 100 ? refuse.commitEmpty(state.input.bufferedMs) : null
}

function itemCreated(state: RealtimeState, event: WireEvent): Refusal | null {
  const item = read.object(event.item)
  if (item === null) return refuse.missingParameter("item")
  const id = read.text(item.id)
  if (id !== null && liveItem(state, id) !== null) {
    return refuse.invalidValue(`Error adding item: an item with id '${id}' already exists.`, "item.id")
  }
  const after = read.text(event.previous_item_id)
  if (after !== null && after !== "root" && liveItem(state, after) === null) {
    const message = `Error adding item: the previous item with id '${after}' does not exist.`
    return refuse.invalidValue(message, "previous_item_id")
  }
  return badCall(state, item)
}

function badCall(state: RealtimeState, item: JsonObject): Refusal | null {
  if (item.type !== "function_call" && item.type !== "function_call_output") return null
  const callId = read.text(item.call_id)
  if (callId === null) return item.type === "function_call" ? null : refuse.missingParameter("item.call_id")
  if (!/^[a-zA-Z0-9_-]+$/.test(callId)) {
    const message = `Invalid 'item.call_id': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`
    return refuse.invalidValue(message, "item.call_id")
  }
  return item.type === "function_call" || state.calls.has(callId) ? null : refuse.unknownCall(callId)
}

function itemTruncated(state: RealtimeState, event: WireEvent): Refusal | null {
  const missing = unknownItem(state, event, "truncate")
  if (missing !== null) return missing
  const part = liveItem(state, read.text(event.item_id) ?? "")?.parts.find(
    ({ kind, contentIndex }) => kind === "audio" && contentIndex === event.content_index,
  )
  if (part === undefined) return refuse.invalidValue("Only model output audio messages can be truncated.", "item_id")
  const endMs = read.number(event.audio_end_ms)
  if (endMs === null || endMs < 0) return refuse.invalidValue("Invalid 'audio_end_ms'.", "audio_end_ms")
  if (endMs <= part.audioMs) return null
  const message = `Audio content of ${Math.floor(part.audioMs)}ms is already shorter than ${endMs}ms`
  return refuse.invalidValue(message, "audio_end_ms")
}

function unknownItem(state: RealtimeState, event: WireEvent, verb: "truncate" | "delete" | "retrieve"): Refusal | null {
  const id = read.text(event.item_id)
  if (id === null) return refuse.missingParameter("item_id")
  return liveItem(state, id) === null ? refuse.unknownItem(verb, id) : null
}

/** An item that is in the conversation (neither deleted nor only promised by speech, nor out of band). */
function liveItem(state: RealtimeState, id: string): ItemState | null {
  const item = state.items.get(id)
  if (item === undefined || item.phase === "deleted" || item.phase === "allocated") return null
  return item.responseId !== null && state.responses.get(item.responseId)?.outOfBand === true ? null : item
}

const RESPONSE_MEMBERS: ReadonlySet<string> = new Set([
  ...["conversation", "input", "instructions", "output_modalities", "audio", "tools", "tool_choice", "prompt"],
  ...["parallel_tool_calls", "reasoning", "max_output_tokens", "metadata"],
])

function responseCreated(state: RealtimeState, event: WireEvent): Refusal | null {
  const params = read.members(event.response)
  for (const name of Object.keys(params)) {
    if (!RESPONSE_MEMBERS.has(name)) return refuse.unknownParameter(`response.${name}`)
  }
  const { conversation } = params
  if (conversation !== undefined && conversation !== "auto" && conversation !== "none") {
    const message = "Invalid value for 'response.conversation'. Supported values are: 'auto' and 'none'."
    return refuse.invalidValue(message, "response.conversation")
  }
  return badMetadata(params.metadata) ?? (conversation === "none" ? null : conflict(state))
}

/** At most 16 pairs of a key of up to 64 and a value of up to 512 characters (PROTOCOL.md A.3). */
function badMetadata(value: unknown): Refusal | null {
  if (value === undefined || value === null) return null
  const metadata = read.object(value)
  const pairs = Object.entries(metadata ?? {})
  const fits = pairs.every(([key, text]) => key.length <= 64 && typeof text === "string" && text.length <= 512)
  if (metadata !== null && pairs.length <= 16 && fits) return null
  return refuse.invalidValue("Invalid 'response.metadata'.", "response.metadata")
}

/** One response at a time writes to the default conversation; an accepted create counts before its response.created. */
function conflict(state: RealtimeState): Refusal | null {
  const busy = state.activeDefault ?? state.pendingCreates.find(({ outOfBand }) => !outOfBand)?.responseId
  return busy === undefined ? null : refuse.activeResponse(busy)
}

function responseCancelled(state: RealtimeState, event: WireEvent): Refusal | null {
  return cancelTarget(state, event) === null ? refuse.cancelNotActive() : null
}
