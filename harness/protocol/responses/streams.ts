// What streams in deltas, by the name between `response.` and `.delta`: where it streams to and which member of its done
// event repeats it. A table for composing and judging alike. Source: PROTOCOL.md C.8.

/** `content`, `summary`: into a part with an index, that part.added opens. `item`: into the item itself. */
export type StreamPlace = "content" | "summary" | "item"

export interface Stream {
  readonly place: StreamPlace
  /** The member of the done event, of the finished part and of the finished item that holds the whole. */
  readonly field: string
  /** The type of its content part, or of its item. */
  readonly of: string
}

export const STREAMS = {
  output_text: { place: "content", field: "text", of: "output_text" },
  refusal: { place: "content", field: "refusal", of: "refusal" },
  reasoning_text: { place: "content", field: "text", of: "reasoning_text" },
  reasoning_summary_text: { place: "summary", field: "text", of: "summary_text" },
  function_call_arguments: { place: "item", field: "arguments", of: "function_call" },
  custom_tool_call_input: { place: "item", field: "input", of: "custom_tool_call" },
  mcp_call_arguments: { place: "item", field: "arguments", of: "mcp_call" },
  code_interpreter_call_code: { place: "item", field: "code", of: "code_interpreter_call" },
} as const satisfies Record<string, Stream>

export type StreamKind = keyof typeof STREAMS

export const STREAM_KINDS = Object.keys(STREAMS) as StreamKind[]

/** The stream that goes into a part or an item of a type, or null. */
export function streamInto(place: StreamPlace, type: unknown): StreamKind | null {
  return STREAM_KINDS.find((kind) => STREAMS[kind].place === place && STREAMS[kind].of === type) ?? null
}
