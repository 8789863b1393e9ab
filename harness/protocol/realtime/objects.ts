// The objects that Realtime events carry: session, response, item, content part, error. Loose: fields that nobody
// declared are kept. Open: a type of item or part that nobody declared still parses. (PROTOCOL.md A.3, B.4.)
import { z } from "zod"

const text = z.string()
const count = z.number()
const audioFormat = z.looseObject({ type: text, rate: count.optional() })

/** One piece of an item's content. `response.content_part.*` says `text` and `audio` where the finished item says
 * `output_text` and `output_audio` (PROTOCOL.md A.3). */
export const contentPart = z.looseObject({
  type: text,
  text: text.nullish(),
  audio: text.nullish(),
  transcript: text.nullish(),
  image_url: text.nullish(),
})
export type ContentPart = z.infer<typeof contentPart>

/** A conversation item: message, function_call, function_call_output, mcp_*; `id` and `status` are optional on the way in. */
export const item = z.looseObject({
  type: text,
  id: text.nullish(),
  object: text.nullish(),
  status: text.nullish(),
  role: text.nullish(),
  content: z.array(contentPart).nullish(),
  call_id: text.nullish(),
  name: text.nullish(),
  arguments: text.nullish(),
  output: z.unknown().optional(),
})
export type Item = z.infer<typeof item>

const turnDetection = z.looseObject({
  type: text,
  threshold: count.nullish(),
  prefix_padding_ms: count.nullish(),
  silence_duration_ms: count.nullish(),
  create_response: z.boolean().nullish(),
  interrupt_response: z.boolean().nullish(),
  idle_timeout_ms: count.nullish(),
  eagerness: text.nullish(),
})

/** A session as either side states it; every member is optional, since session.update is a partial update. */
export const session = z.looseObject({
  type: text.optional(),
  id: text.optional(),
  object: text.optional(),
  expires_at: count.nullish(),
  model: text.nullish(),
  instructions: text.nullish(),
  output_modalities: z.array(text).nullish(),
  audio: z
    .looseObject({
      input: z
        .looseObject({
          format: audioFormat.nullish(),
          transcription: z.looseObject({}).nullish(),
          noise_reduction: z.looseObject({}).nullish(),
          turn_detection: turnDetection.nullish(),
        })
        .nullish(),
      output: z
        .looseObject({ format: audioFormat.nullish(), voice: z.unknown().optional(), speed: count.nullish() })
        .nullish(),
    })
    .nullish(),
  tools: z.array(z.looseObject({ type: text })).nullish(),
  tool_choice: z.unknown().optional(),
  max_output_tokens: z.union([count, text]).nullish(),
  tracing: z.unknown().optional(),
  truncation: z.unknown().optional(),
  include: z.array(text).nullish(),
})
export type Session = z.infer<typeof session>

/** Error details inside a failed response: `status_details.error`. */
const failure = z.looseObject({ type: text.nullish(), code: text.nullish(), message: text.nullish() })

/** Every member is declared optional (PROTOCOL.md A.3). xAI gives status_details as a string. */
export const realtimeResponse = z.looseObject({
  id: text.optional(),
  object: text.optional(),
  status: text.optional(),
  status_details: z
    .union([text, z.looseObject({ type: text.nullish(), reason: text.nullish(), error: failure.nullish() })])
    .nullish(),
  output: z.array(item).optional(),
  conversation_id: text.nullish(),
  output_modalities: z.array(text).optional(),
  max_output_tokens: z.union([count, text]).nullish(),
  metadata: z.record(text, z.unknown()).nullish(),
  usage: z.looseObject({}).nullish(),
})
export type RealtimeResponse = z.infer<typeof realtimeResponse>

/** `response` of response.create; all optional. */
export const responseParams = z.looseObject({
  conversation: text.nullish(),
  input: z.array(item.or(z.looseObject({}))).nullish(),
  instructions: text.nullish(),
  output_modalities: z.array(text).nullish(),
  metadata: z.record(text, z.unknown()).nullish(),
  tools: z.array(z.looseObject({})).nullish(),
  tool_choice: z.unknown().optional(),
})

/** The body of an `error` event. `event_id` is the client's, or null (PROTOCOL.md B.2, B.4). */
export const apiError = z.looseObject({
  type: text,
  message: text,
  code: text.nullish(),
  param: text.nullish(),
  event_id: text.nullish(),
})
export type ApiError = z.infer<typeof apiError>
