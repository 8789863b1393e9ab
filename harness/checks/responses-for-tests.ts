// Rows of literal traces of Responses over WebSocket, beside those of trace-for-tests.ts that both protocols share.
import type { Invariant } from "./invariant.ts"
import { read } from "./reading.ts"
import { type Row, row, traceOf, verdictOf } from "./trace-for-tests.ts"

/** What one invariant says of the rows of a Responses trace. */
export const responsesVerdictOf = (invariant: Invariant, rows: readonly Row[], can?: readonly string[]) =>
  verdictOf(invariant, rows, can, "responses")

export const responsesReadingOf = (rows: readonly Row[]) => read(traceOf(rows, [], "responses"))

interface Where {
  readonly lane?: string
  readonly connection?: number
}

/** How a create is sent: `after` is the label of what it continues from; not to be stored unless it `stores`. */
interface Asking extends Where {
  readonly after?: string
  readonly stores?: boolean
}

const delivers = (
  event: { readonly type: string; readonly [field: string]: unknown },
  { lane, connection }: Where = {},
) => row.delivers(lane === undefined ? event : { ...event, stream_id: lane }, connection)

const said = (request: string) => ({ type: "message", role: "user", content: `text of ${request}` })
const answered = (call_id: string) => ({ type: "function_call_output", call_id, output: "ok" })
const called = (call_id: string, status = "completed") => {
  return { type: "function_call", call_id, name: "weather", arguments: "{}", status }
}

export const wire = {
  said,
  answered,
  called,
  creates: (input: readonly object[], how: Asking = {}) =>
    row.sends(
      {
        type: "response.create",
        input,
        ...(how.stores ? {} : { store: false }),
        ...(how.after === undefined ? {} : { previous_response_id: `resp_${how.after}` }),
        ...(how.lane === undefined ? {} : { stream_id: how.lane }),
      },
      how.connection,
    ),
  steers: (label: string) =>
    row.sends({ type: "response.steer", previous_response_id: `resp_${label}`, input: "more" }),
  created: (label: string, where?: Where, after?: string) =>
    delivers(
      {
        type: "response.created",
        sequence_number: 0,
        response: { id: `resp_${label}`, previous_response_id: after ?? null },
      },
      where,
    ),
  delta: (label: string, number = 1, where?: Where) =>
    delivers({ type: "response.output_text.delta", sequence_number: number, delta: `${label}·${number} ` }, where),
  itemDone: (item: object, where?: Where) => delivers({ type: "response.output_item.done", item }, where),
  ends: (
    label: string | null,
    as: "completed" | "failed" | "incomplete" = "completed",
    where?: Where,
    code = "invalid_prompt",
  ) =>
    delivers(
      {
        type: `response.${as}`,
        response: {
          ...(label === null ? {} : { id: `resp_${label}` }),
          status: as,
          ...(as === "failed" ? { error: { code, message: "no" } } : {}),
        },
      },
      where,
    ),
  errs: (code: string | null, how: Where & { number?: number; status?: number } = {}) =>
    delivers(
      {
        type: "error",
        error: { type: "invalid_request_error", code, message: "no", param: null },
        ...(how.number === undefined ? {} : { sequence_number: how.number }),
        ...(how.status === undefined ? {} : { status: how.status }),
      },
      how,
    ),
  /** Says it, opens its stream, and sends its create. */
  asks: (request: string, how: Asking = {}): Row[] => [
    row.says(request),
    row.opens(request, "stream", request),
    wire.creates([said(request)], how),
    "quiet",
  ],
  /** A whole turn: asked, answered, and settled. */
  turn: (request: string, label: string, how: Asking = {}): Row[] => [
    ...wire.asks(request, how),
    wire.created(label, how),
    wire.ends(label, "completed", how),
    row.resolves(request),
    "quiet",
  ],
}
