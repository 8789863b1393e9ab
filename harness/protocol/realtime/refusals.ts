// The errors with which a server refuses a client event: code, words, and whether the error names the client's event.

import type { WireEvent } from "../event.ts"

/** Why a client event is refused. Source of each code and text: PROTOCOL.md B.4. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly param: string | null
  /** Whether logs mostly show the client's event_id in this error, or null. */
  readonly namesEvent: boolean
}

/** True: every error names the client's event_id. False: none does. Absent: as logs mostly show for its code. */
export type EchoEventId = boolean | undefined

const refusal = (code: string, message: string, param: string | null = null, namesEvent = true): Refusal => ({
  code,
  message,
  param,
  namesEvent,
})

export const refuse = {
  activeResponse: (responseId: string) =>
    refusal(
      "conversation_already_has_active_response",
      `Conversation already has an active response in progress: ${responseId}. Wait until the response is finished before creating a new one.`,
    ),
  cancelNotActive: () =>
    refusal("response_cancel_not_active", "Cancellation failed: no active response found", null, false),
  invalidValue: (message: string, param: string | null) => refusal("invalid_value", message, param),
  unknownParameter: (param: string) => refusal("unknown_parameter", `Unknown parameter: '${param}'.`, param),
  missingParameter: (param: string) =>
    refusal("missing_required_parameter", `Missing required parameter: '${param}'.`, param),
  belowMinimum: (param: string, minimum: number, value: number) =>
    refusal(
      "integer_below_min_value",
      `Invalid '${param}': integer below minimum value. Expected a value >= ${minimum}, but got ${value} instead.`,
      param,
    ),
  voiceFixed: () =>
    refusal(
      "cannot_update_voice",
      "Cannot update a conversation's voice if assistant audio is present.",
      "session.audio.output.voice",
    ),
  unknownItem: (verb: "truncate" | "delete" | "retrieve", itemId: string) =>
    refusal(
      `item_${verb}_invalid_item_id`,
      `Error ${verb.replace(/e$/, "")}ing item: the item with id '${itemId}' does not exist.`,
      null,
      false,
    ),
  unknownCall: (callId: string) =>
    refusal("invalid_tool_call_id", `Tool call ID '${callId}' not found in conversation.`, "item.call_id"),
  commitEmpty: (bufferedMs: number) =>
    refusal(
      "input_audio_buffer_commit_empty",
      `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${bufferedMs.toFixed(2)}ms of audio.`,
    ),
  noType: () => refusal("invalid_event", "The event has no 'type' field.", null, false),
  notJson: () => refusal("invalid_json", "The message could not be parsed as JSON.", null, false),
  binary: () =>
    refusal("invalid_event", "Expected a text WebSocket message; binary frames are not supported.", null, false),
}

/** The `error` event for a refusal of the client event with `clientEventId`. */
export function errorFor(eventId: string, refused: Refusal, clientEventId: unknown, echo: EchoEventId): WireEvent {
  const named = typeof clientEventId === "string" && (echo ?? refused.namesEvent) ? clientEventId : null
  const { code, message, param } = refused
  return {
    type: "error",
    event_id: eventId,
    error: { type: "invalid_request_error", code, message, param, event_id: named },
  }
}
