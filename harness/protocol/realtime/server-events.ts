// The 46 events that the Realtime API (GA) may send, as declared in npm openai 7.55.0 (PROTOCOL.md A.4). A table:
// fixtures/protocol/events.json holds the same inventory, and a test holds the two together.
import { z } from "zod"
import { apiError, item, contentPart as part, realtimeResponse as response, session } from "./objects.ts"

const text = z.string()
const count = z.number()
const object = z.looseObject({})
const list = z.array(z.unknown())
const conversation = z.looseObject({ id: text.optional(), object: text.optional() })
const itemError = z.looseObject({
  type: text.nullish(),
  code: text.nullish(),
  message: text.nullish(),
  param: text.nullish(),
})
const rateLimits = z.array(
  z.looseObject({
    name: text.optional(),
    limit: count.optional(),
    remaining: count.optional(),
    reset_seconds: count.optional(),
  }),
)

/** `event_id` is the server's own, unique in a connection; only the DTMF event (SIP) has none. */
function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ type: z.literal(type), event_id: z.string(), ...shape })
}

export const realtimeServerEvents = {
  "conversation.created": event("conversation.created", { conversation }),
  "conversation.item.added": event("conversation.item.added", { item, previous_item_id: text.nullish() }),
  "conversation.item.created": event("conversation.item.created", { item, previous_item_id: text.nullish() }),
  "conversation.item.deleted": event("conversation.item.deleted", { item_id: text }),
  "conversation.item.done": event("conversation.item.done", { item, previous_item_id: text.nullish() }),
  "conversation.item.input_audio_transcription.completed": event(
    "conversation.item.input_audio_transcription.completed",
    {
      content_index: count,
      item_id: text,
      transcript: text,
      usage: object,
      languages: list.optional(),
      logprobs: list.nullish(),
    },
  ),
  "conversation.item.input_audio_transcription.delta": event("conversation.item.input_audio_transcription.delta", {
    item_id: text,
    content_index: count.optional(),
    delta: text.optional(),
    logprobs: list.nullish(),
  }),
  "conversation.item.input_audio_transcription.failed": event("conversation.item.input_audio_transcription.failed", {
    content_index: count,
    error: itemError,
    item_id: text,
  }),
  "conversation.item.input_audio_transcription.segment": event("conversation.item.input_audio_transcription.segment", {
    content_index: count,
    end: count,
    id: text,
    item_id: text,
    speaker: text,
    start: count,
    text: text,
  }),
  "conversation.item.retrieved": event("conversation.item.retrieved", { item }),
  "conversation.item.truncated": event("conversation.item.truncated", {
    audio_end_ms: count,
    content_index: count,
    item_id: text,
  }),
  error: event("error", { error: apiError }),
  "input_audio_buffer.cleared": event("input_audio_buffer.cleared", {}),
  "input_audio_buffer.committed": event("input_audio_buffer.committed", {
    item_id: text,
    previous_item_id: text.nullish(),
  }),
  "input_audio_buffer.dtmf_event_received": z.looseObject({
    type: z.literal("input_audio_buffer.dtmf_event_received"),
    event: text,
    received_at: count,
  }),
  "input_audio_buffer.speech_started": event("input_audio_buffer.speech_started", {
    audio_start_ms: count,
    item_id: text,
  }),
  "input_audio_buffer.speech_stopped": event("input_audio_buffer.speech_stopped", {
    audio_end_ms: count,
    item_id: text,
  }),
  "input_audio_buffer.timeout_triggered": event("input_audio_buffer.timeout_triggered", {
    audio_end_ms: count,
    audio_start_ms: count,
    item_id: text,
  }),
  "mcp_list_tools.completed": event("mcp_list_tools.completed", { item_id: text }),
  "mcp_list_tools.failed": event("mcp_list_tools.failed", { item_id: text }),
  "mcp_list_tools.in_progress": event("mcp_list_tools.in_progress", { item_id: text }),
  "output_audio_buffer.cleared": event("output_audio_buffer.cleared", { response_id: text }),
  "output_audio_buffer.started": event("output_audio_buffer.started", { response_id: text }),
  "output_audio_buffer.stopped": event("output_audio_buffer.stopped", { response_id: text }),
  "rate_limits.updated": event("rate_limits.updated", { rate_limits: rateLimits }),
  "response.content_part.added": event("response.content_part.added", {
    content_index: count,
    item_id: text,
    output_index: count,
    part,
    response_id: text,
  }),
  "response.content_part.done": event("response.content_part.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    part,
    response_id: text,
  }),
  "response.created": event("response.created", { response }),
  "response.done": event("response.done", { response }),
  "response.function_call_arguments.delta": event("response.function_call_arguments.delta", {
    call_id: text,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.function_call_arguments.done": event("response.function_call_arguments.done", {
    arguments: text,
    call_id: text,
    item_id: text,
    name: text,
    output_index: count,
    response_id: text,
  }),
  "response.mcp_call_arguments.delta": event("response.mcp_call_arguments.delta", {
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
    obfuscation: text.nullish(),
  }),
  "response.mcp_call_arguments.done": event("response.mcp_call_arguments.done", {
    arguments: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.mcp_call.completed": event("response.mcp_call.completed", { item_id: text, output_index: count }),
  "response.mcp_call.failed": event("response.mcp_call.failed", { item_id: text, output_index: count }),
  "response.mcp_call.in_progress": event("response.mcp_call.in_progress", { item_id: text, output_index: count }),
  "response.output_audio_transcript.delta": event("response.output_audio_transcript.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.output_audio_transcript.done": event("response.output_audio_transcript.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
    transcript: text,
  }),
  "response.output_audio.delta": event("response.output_audio.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.output_audio.done": event("response.output_audio.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.output_item.added": event("response.output_item.added", { item, output_index: count, response_id: text }),
  "response.output_item.done": event("response.output_item.done", { item, output_index: count, response_id: text }),
  "response.output_text.delta": event("response.output_text.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.output_text.done": event("response.output_text.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
    text: text,
  }),
  "session.created": event("session.created", { session }),
  "session.updated": event("session.updated", { session }),
}

export type RealtimeServerEvent = z.infer<(typeof realtimeServerEvents)[keyof typeof realtimeServerEvents]>
