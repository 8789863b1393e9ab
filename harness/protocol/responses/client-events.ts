// The 2 events that a client of Responses over WebSocket may send, as declared in npm openai 7.55.0 (PROTOCOL.md C.1):
// response.create is the body of POST /v1/responses beside `type`. A table, held against fixtures/protocol/events.json.
import { z } from "zod"

const text = z.string()
const count = z.number()
const flag = z.boolean()
const any = z.unknown()
const list = z.array(z.unknown())

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ type: z.literal(type), ...shape })
}

export const responsesClientEvents = {
  "response.create": event("response.create", {
    access_programs: any.optional(),
    background: flag.nullish(),
    context_management: list.nullish(),
    conversation: any.nullish(),
    generate: flag.optional(),
    image: any.optional(),
    include: list.nullish(),
    input: any.optional(),
    instructions: text.nullish(),
    max_output_tokens: count.nullish(),
    max_tool_calls: count.nullish(),
    metadata: any.nullish(),
    model: any.optional(),
    moderation: any.nullish(),
    parallel_tool_calls: flag.nullish(),
    previous_response_id: text.nullish(),
    prompt: any.nullish(),
    prompt_cache_key: text.nullish(),
    prompt_cache_options: any.optional(),
    prompt_cache_retention: text.nullish(),
    reasoning: any.nullish(),
    safety_identifier: text.nullish(),
    service_tier: text.nullish(),
    store: flag.nullish(),
    stream: flag.nullish(),
    stream_id: text.optional(),
    stream_options: any.nullish(),
    temperature: count.nullish(),
    text: any.optional(),
    tool_choice: any.optional(),
    tools: list.optional(),
    top_logprobs: count.nullish(),
    top_p: count.nullish(),
    truncation: text.nullish(),
    user: text.optional(),
  }),
  "response.steer": event("response.steer", { input: any, previous_response_id: text }),
}

export type ResponsesClientEvent = z.infer<(typeof responsesClientEvents)[keyof typeof responsesClientEvents]>
