// The 62 events of Responses over WebSocket, as declared in npm openai 7.55.0 (PROTOCOL.md C.8). A table, held against
// fixtures/protocol/events.json. `error` has two declared shapes and a third that was recorded (PROTOCOL.md C.4).
import { z } from "zod"
import {
  responsesItem as item,
  responsesPart as part,
  responsesResponse as response,
  responsesError,
} from "./objects.ts"

const text = z.string()
const count = z.number()
const any = z.unknown()
const list = z.array(z.unknown())
const itemError = responsesError
const steer = z.looseObject({})

/** `stream_id` names the lane; events of the default lane have none (PROTOCOL.md C.2). */
function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({
    type: z.literal(type),
    sequence_number: z.number(),
    stream_id: z.string().optional(),
    ...shape,
  })
}

const errorType = z.literal("error")
/** Wrapped (with `status`), and nested without it, as recorded: error follows created and in_progress, with its number. */
export const wrappedError = z.looseObject({
  type: errorType,
  error: responsesError,
  status: count.optional(),
  sequence_number: count.optional(),
  stream_id: text.optional(),
})
/** The stream's own error event. */
export const flatError = z.looseObject({
  type: errorType,
  code: text.nullable(),
  message: text,
  param: text.nullable(),
  sequence_number: count,
  stream_id: text.optional(),
})

export const responsesServerEvents = {
  error: z.union([wrappedError, flatError]),
  "response.audio.delta": event("response.audio.delta", { delta: text }),
  "response.audio.done": event("response.audio.done", {}),
  "response.audio.transcript.delta": event("response.audio.transcript.delta", { delta: text }),
  "response.audio.transcript.done": event("response.audio.transcript.done", {}),
  "response.code_interpreter_call_code.delta": event("response.code_interpreter_call_code.delta", {
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.code_interpreter_call_code.done": event("response.code_interpreter_call_code.done", {
    code: text,
    item_id: text,
    output_index: count,
  }),
  "response.code_interpreter_call.completed": event("response.code_interpreter_call.completed", {
    item_id: text,
    output_index: count,
  }),
  "response.code_interpreter_call.in_progress": event("response.code_interpreter_call.in_progress", {
    item_id: text,
    output_index: count,
  }),
  "response.code_interpreter_call.interpreting": event("response.code_interpreter_call.interpreting", {
    item_id: text,
    output_index: count,
  }),
  "response.compaction.compacting": event("response.compaction.compacting", { item_id: text, output_index: count }),
  "response.completed": event("response.completed", { response }),
  "response.content_part.added": event("response.content_part.added", {
    content_index: count,
    item_id: text,
    output_index: count,
    part,
  }),
  "response.content_part.done": event("response.content_part.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    part,
  }),
  "response.created": event("response.created", { response }),
  "response.custom_tool_call_input.delta": event("response.custom_tool_call_input.delta", {
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.custom_tool_call_input.done": event("response.custom_tool_call_input.done", {
    input: text,
    item_id: text,
    output_index: count,
  }),
  "response.failed": event("response.failed", { response }),
  "response.file_search_call.completed": event("response.file_search_call.completed", {
    item_id: text,
    output_index: count,
  }),
  "response.file_search_call.in_progress": event("response.file_search_call.in_progress", {
    item_id: text,
    output_index: count,
  }),
  "response.file_search_call.searching": event("response.file_search_call.searching", {
    item_id: text,
    output_index: count,
  }),
  "response.function_call_arguments.delta": event("response.function_call_arguments.delta", {
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.function_call_arguments.done": event("response.function_call_arguments.done", {
    arguments: text,
    item_id: text,
    output_index: count,
  }),
  "response.image_generation_call.completed": event("response.image_generation_call.completed", {
    item_id: text,
    output_index: count,
  }),
  "response.image_generation_call.generating": event("response.image_generation_call.generating", {
    item_id: text,
    output_index: count,
  }),
  "response.image_generation_call.in_progress": event("response.image_generation_call.in_progress", {
    item_id: text,
    output_index: count,
  }),
  "response.image_generation_call.partial_image": event("response.image_generation_call.partial_image", {
    item_id: text,
    output_index: count,
    partial_image_b64: text,
    partial_image_index: count,
    background: text.optional(),
    output_format: text.optional(),
    quality: text.optional(),
    size: text.optional(),
  }),
  "response.in_progress": event("response.in_progress", { response }),
  "response.incomplete": event("response.incomplete", { response }),
  "response.mcp_call_arguments.delta": event("response.mcp_call_arguments.delta", {
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.mcp_call_arguments.done": event("response.mcp_call_arguments.done", {
    arguments: text,
    item_id: text,
    output_index: count,
  }),
  "response.mcp_call.completed": event("response.mcp_call.completed", { item_id: text, output_index: count }),
  "response.mcp_call.failed": event("response.mcp_call.failed", { item_id: text, output_index: count }),
  "response.mcp_call.in_progress": event("response.mcp_call.in_progress", { item_id: text, output_index: count }),
  "response.mcp_list_tools.completed": event("response.mcp_list_tools.completed", {
    item_id: text,
    output_index: count,
  }),
  "response.mcp_list_tools.failed": event("response.mcp_list_tools.failed", { item_id: text, output_index: count }),
  "response.mcp_list_tools.in_progress": event("response.mcp_list_tools.in_progress", {
    item_id: text,
    output_index: count,
  }),
  "response.output_item.added": event("response.output_item.added", { item, output_index: count }),
  "response.output_item.done": event("response.output_item.done", { item, output_index: count }),
  "response.output_text.annotation.added": event("response.output_text.annotation.added", {
    annotation: any.nullable(),
    annotation_index: count,
    content_index: count,
    item_id: text,
    output_index: count,
  }),
  "response.output_text.delta": event("response.output_text.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    logprobs: list,
    output_index: count,
  }),
  "response.output_text.done": event("response.output_text.done", {
    content_index: count,
    item_id: text,
    logprobs: list,
    output_index: count,
    text: text,
  }),
  "response.queued": event("response.queued", { response }),
  "response.reasoning_summary_part.added": event("response.reasoning_summary_part.added", {
    item_id: text,
    output_index: count,
    part,
    summary_index: count,
  }),
  "response.reasoning_summary_part.done": event("response.reasoning_summary_part.done", {
    item_id: text,
    output_index: count,
    part,
    summary_index: count,
    status: text.optional(),
  }),
  "response.reasoning_summary_text.delta": event("response.reasoning_summary_text.delta", {
    delta: text,
    item_id: text,
    output_index: count,
    summary_index: count,
  }),
  "response.reasoning_summary_text.done": event("response.reasoning_summary_text.done", {
    item_id: text,
    output_index: count,
    summary_index: count,
    text: text,
  }),
  "response.reasoning_text.delta": event("response.reasoning_text.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.reasoning_text.done": event("response.reasoning_text.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    text: text,
  }),
  "response.refusal.delta": event("response.refusal.delta", {
    content_index: count,
    delta: text,
    item_id: text,
    output_index: count,
  }),
  "response.refusal.done": event("response.refusal.done", {
    content_index: count,
    item_id: text,
    output_index: count,
    refusal: text,
  }),
  "response.shell_call_command.added": event("response.shell_call_command.added", {
    command: text,
    command_index: count,
    output_index: count,
  }),
  "response.shell_call_command.delta": event("response.shell_call_command.delta", {
    command_index: count,
    delta: text,
    output_index: count,
    obfuscation: text.optional(),
  }),
  "response.shell_call_command.done": event("response.shell_call_command.done", {
    command: text,
    command_index: count,
    output_index: count,
  }),
  "response.shell_call_output_content.delta": event("response.shell_call_output_content.delta", {
    command_index: count,
    delta: any,
    item_id: text,
    output_index: count,
  }),
  "response.shell_call_output_content.done": event("response.shell_call_output_content.done", {
    command_index: count,
    item_id: text,
    output: list,
    output_index: count,
  }),
  "response.steer.accepted": event("response.steer.accepted", { steer }),
  "response.steer.failed": event("response.steer.failed", { error: itemError, steer }),
  "response.steer.pending": event("response.steer.pending", { reason: any, required_input: list, steer }),
  "response.web_search_call.completed": event("response.web_search_call.completed", {
    item_id: text,
    output_index: count,
  }),
  "response.web_search_call.in_progress": event("response.web_search_call.in_progress", {
    item_id: text,
    output_index: count,
  }),
  "response.web_search_call.searching": event("response.web_search_call.searching", {
    item_id: text,
    output_index: count,
  }),
}

export type ResponsesServerEvent = z.infer<(typeof responsesServerEvents)[keyof typeof responsesServerEvents]>
