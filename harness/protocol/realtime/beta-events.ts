// The Realtime beta's names (12 client and 34 server events): retired on api.openai.com, alive in Azure previews and clones
// (PROTOCOL.md A.5). Where name and fields are the same as in GA, the GA schema serves.
import { z } from "zod"
import { realtimeClientEvents as ga } from "./client-events.ts"
import { session } from "./objects.ts"
import { realtimeServerEvents as gaServer } from "./server-events.ts"

const text = z.string()
const count = z.number()
const object = z.looseObject({})
const list = z.array(z.unknown())

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ type: z.literal(type), event_id: z.string(), ...shape })
}

export const realtimeBetaClientEvents = {
  "conversation.item.create": ga["conversation.item.create"],
  "conversation.item.delete": ga["conversation.item.delete"],
  "conversation.item.retrieve": ga["conversation.item.retrieve"],
  "conversation.item.truncate": ga["conversation.item.truncate"],
  "input_audio_buffer.append": ga["input_audio_buffer.append"],
  "input_audio_buffer.clear": ga["input_audio_buffer.clear"],
  "input_audio_buffer.commit": ga["input_audio_buffer.commit"],
  "output_audio_buffer.clear": ga["output_audio_buffer.clear"],
  "response.cancel": ga["response.cancel"],
  "response.create": ga["response.create"],
  "session.update": ga["session.update"],
  "transcription_session.update": z.looseObject({
    type: z.literal("transcription_session.update"),
    event_id: z.string().optional(),
    session,
  }),
}

export const realtimeBetaServerEvents = {
  "conversation.created": gaServer["conversation.created"],
  "conversation.item.created": gaServer["conversation.item.created"],
  "conversation.item.deleted": gaServer["conversation.item.deleted"],
  "conversation.item.input_audio_transcription.delta": gaServer["conversation.item.input_audio_transcription.delta"],
  "conversation.item.input_audio_transcription.failed": gaServer["conversation.item.input_audio_transcription.failed"],
  "conversation.item.retrieved": gaServer["conversation.item.retrieved"],
  "conversation.item.truncated": gaServer["conversation.item.truncated"],
  error: gaServer.error,
  "input_audio_buffer.cleared": gaServer["input_audio_buffer.cleared"],
  "input_audio_buffer.committed": gaServer["input_audio_buffer.committed"],
  "input_audio_buffer.speech_started": gaServer["input_audio_buffer.speech_started"],
  "input_audio_buffer.speech_stopped": gaServer["input_audio_buffer.speech_stopped"],
  "output_audio_buffer.cleared": gaServer["output_audio_buffer.cleared"],
  "output_audio_buffer.started": gaServer["output_audio_buffer.started"],
  "output_audio_buffer.stopped": gaServer["output_audio_buffer.stopped"],
  "rate_limits.updated": gaServer["rate_limits.updated"],
  "response.content_part.added": gaServer["response.content_part.added"],
  "response.content_part.done": gaServer["response.content_part.done"],
  "response.created": gaServer["response.created"],
  "response.done": gaServer["response.done"],
  "response.function_call_arguments.delta": gaServer["response.function_call_arguments.delta"],
  "response.output_item.added": gaServer["response.output_item.added"],
  "response.output_item.done": gaServer["response.output_item.done"],
  "session.created": gaServer["session.created"],
  "session.updated": gaServer["session.updated"],
  "conversation.item.input_audio_transcription.completed": event(
    "conversation.item.input_audio_transcription.completed",
    { content_index: count, item_id: text, transcript: text, usage: object, logprobs: list.nullish() },
  ),
  "response.audio_transcript.delta": event("response.audio_transcript.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.audio_transcript.done": event("response.audio_transcript.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
    transcript: text,
  }),
  "response.audio.delta": event("response.audio.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.audio.done": event("response.audio.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.function_call_arguments.done": event("response.function_call_arguments.done", {
    arguments: text,
    call_id: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.text.delta": event("response.text.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
    response_id: text,
  }),
  "response.text.done": event("response.text.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    response_id: text,
    text: text,
  }),
  "transcription_session.updated": event("transcription_session.updated", { session }),
}
