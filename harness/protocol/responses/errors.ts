// The `error` event in the four shapes that clients have to read (PROTOCOL.md C.4), and the errors with which a server
// refuses a client event.

import type { WireEvent } from "../event.ts"
import type { JsonObject } from "../realtime/read.ts"
import type { LaneKey } from "./state.ts"

/** `wrapped`: with status. `wrapped-without-status`. `flat`: the stream's own error. `nested`: numbered and wrapped, the
 * form of the recording that response.failed follows. */
export type ErrorShape = "wrapped" | "wrapped-without-status" | "flat" | "nested"

/** The members of an error; absent ones: `code` and `param` null, `type` invalid_request_error, `status` 400. */
export interface ErrorMembers {
  readonly code?: string | null
  readonly message: string
  readonly type?: string
  readonly param?: string | null
  /** Of the HTTP answer it stands for; only a `wrapped` error says it. */
  readonly status?: number
  /** The name under which `status` stands; Codex reads both (PROTOCOL.md C.4). */
  readonly statusField?: "status" | "status_code"
  /** HTTP headers beside the error, such as retry-after. */
  readonly headers?: JsonObject
}

/** Where an error stands: its lane, and the number that the shapes with one give it. */
export interface ErrorPlace {
  readonly lane: LaneKey
  readonly sequence: number
}

export interface Refusal {
  readonly code: string | null
  readonly message: string
  readonly param: string | null
  /** Whether no lane is to blame: the error then carries no stream_id. */
  readonly ofConnection: boolean
}

export const CONNECTION_LIMIT = "websocket_connection_limit_reached"

export function errorEvent(members: ErrorMembers, { lane, sequence }: ErrorPlace, shape: ErrorShape): WireEvent {
  const { code = null, message, type = "invalid_request_error", param = null, status = 400, headers } = members
  const stamp = lane === null ? {} : { stream_id: lane }
  const error = { type, code, message, param, ...(headers ? { headers } : {}) }
  switch (shape) {
    case "wrapped":
      return { type: "error", [members.statusField ?? "status"]: status, error, ...stamp }
    case "wrapped-without-status":
      return { type: "error", error, ...stamp }
    case "flat":
      return { type: "error", sequence_number: sequence, code, message, param, ...stamp }
    case "nested":
      return { type: "error", sequence_number: sequence, error, ...stamp }
  }
}

const refusal = (code: string | null, message: string, param: string | null, ofConnection = false): Refusal => ({
  code,
  message,
  param,
  ofConnection,
})

/** Documented or recorded are previousNotFound (PROTOCOL.md C.4), noToolOutput (as HTTP answers) and noToolCall (recorded
 * on a WebSocket, CLIProxyAPI#3664). Of the others the code is documented at most; the words are our guess. */
export const refuse = {
  previousNotFound: (id: string) =>
    refusal("previous_response_not_found", `Previous response with id '${id}' not found.`, "previous_response_id"),
  noToolOutput: (noun: string, callId: string) => refusal(null, `No tool output found for ${noun} ${callId}.`, "input"),
  noToolCall: (noun: string, callId: string) =>
    refusal(null, `No tool call found for ${noun} output with call_id ${callId}.`, "input"),
  invalidStreamId: () =>
    refusal(
      "invalid_stream_id",
      "Invalid 'stream_id': expected a string that matches ^[A-Za-z0-9_.-]{1,256}$.",
      "stream_id",
      true,
    ),
  streamLimit: () =>
    refusal(
      "websocket_stream_limit_reached",
      "Responses websocket stream limit reached (32 streams). Reuse a stream or create a new websocket connection.",
      "stream_id",
      true,
    ),
  invalidType: (param: string, expected: string) =>
    refusal("invalid_type", `Invalid type for '${param}': expected ${expected}.`, param),
  noBackground: () =>
    refusal("unsupported_parameter", "Unsupported parameter: 'background' is not supported here.", "background"),
  unknownParameter: (param: string) => refusal("unknown_parameter", `Unknown parameter: '${param}'.`, param),
  unknownType: (type: string, supported: readonly string[]) => {
    const names = supported.map((name) => `'${name}'`).join(", ")
    return refusal("invalid_value", `Invalid value: '${type}'. Supported values are: ${names}.`, "type", true)
  },
  noType: () => refusal("invalid_event", "The event has no 'type' field.", null, true),
  notJson: () => refusal("invalid_json", "The message could not be parsed as JSON.", null, true),
  binary: () => refusal("invalid_event", "Expected a text WebSocket message.", null, true),
}
