// Writes literal traces for tests, a row an entry. `quiet` lets the client react (a new round), a number lets so many
// virtual milliseconds pass (and the client react).
import type { FutureKind, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { AppEntry, ClientEntry, Entry, Phase, ServerEntry, Trace } from "../trace/trace.ts"
import type { Invariant, Violation } from "./invariant.ts"
import { judge } from "./judge.ts"
import { read } from "./reading.ts"

export type Row = ServerEntry | ClientEntry | AppEntry | "quiet" | number

/** The trace of a subject that `can` these things. */
export function traceOf(
  rows: readonly Row[],
  can: readonly string[] = [],
  protocol: Trace["header"]["protocol"] = "realtime",
): Trace {
  const entries: Entry[] = []
  let at = 0
  let round = 0
  for (const row of rows) {
    if (typeof row === "number") at += row
    if (typeof row === "number" || row === "quiet") round += 1
    else entries.push({ index: entries.length, at, round, ...row })
  }
  const header = {
    scenario: "x/y",
    subject: "s",
    version: "1",
    protocol,
    transport: "memory",
    seed: "1",
  } as const
  return { header: { ...header, can }, entries }
}

/** What one invariant says of the rows: how often it fired, and its violations. Throws what the checker throws. */
export function verdictOf(
  invariant: Invariant,
  rows: readonly Row[],
  can?: readonly string[],
  protocol?: Trace["header"]["protocol"],
) {
  const { triggered, violations, thrown } = judge(traceOf(rows, can, protocol), [invariant])
  if (thrown[0]) throw thrown[0].error
  const found: readonly Violation[] = violations
  return { fired: triggered[invariant.id] ?? 0, violations: found, messages: found.map(({ message }) => message) }
}

const delivers = (event: WireEvent, connection = 1) => ({ lane: "server", kind: "event", connection, event }) as const
const sends = (event: WireEvent, connection = 1) => ({ lane: "client", kind: "event", connection, event }) as const

/** What each create is tied to: `e1: resp_r`, its request in brackets. */
export const tiesIn = (...rows: readonly Row[]): string[] =>
  read(traceOf(rows)).creates.map(
    ({ event_id, response, refusal, request, doubt }) =>
      `${event_id}${request ? `[${request.name}]` : ""}: ${response?.id ?? (refusal ? "refused" : doubt === undefined ? "-" : "in doubt")}`,
  )

export const row = {
  // client lane
  connects: (connection = 1) => ({ lane: "client", kind: "connects", connection, url: "/v1/realtime" }) as const,
  sends,
  leaves: (connection = 1) => ({ lane: "client", kind: "closed", connection, code: 1000, reason: "" }) as const,
  creates: (event_id: string, response: object = {}, connection = 1) =>
    sends({ type: "response.create", event_id, response: { metadata: { id: event_id }, ...response } }, connection),
  createsPlainly: (event_id?: string) => sends({ type: "response.create", event_id }),
  saysText: (text: string) =>
    sends({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
    }),
  sendsOutput: (call_id: string, connection = 1) =>
    sends(
      { type: "conversation.item.create", item: { type: "function_call_output", call_id, output: "ok" } },
      connection,
    ),
  cancels: (response_id?: string) => sends({ type: "response.cancel", response_id }),
  // server lane
  delivers,
  session: (connection = 1) => delivers({ type: "session.created", session: {} }, connection),
  /** `answers` is the event_id of a create made by `creates`; null: the server started it, or the client sent none. */
  created: (label: string, answers: string | null = null, conversation_id: string | null = "conv", connection = 1) =>
    delivers(
      {
        type: "response.created",
        response: { id: `resp_${label}`, conversation_id, metadata: answers === null ? null : { id: answers } },
      },
      connection,
    ),
  textDelta: (label: string, connection = 1) =>
    delivers({ type: "response.output_text.delta", response_id: `resp_${label}`, delta: `${label}·1 ` }, connection),
  done: (label: string, status = "completed", output: readonly object[] = []) =>
    delivers({ type: "response.done", response: { id: `resp_${label}`, status, output } }),
  errs: (event_id: string | null, code = "server_error") =>
    delivers({ type: "error", error: { type: "server_error", code, message: "no", event_id } }),
  isBusy: (event_id: string | null) =>
    delivers({
      type: "error",
      error: {
        type: "invalid_request_error",
        code: "conversation_already_has_active_response",
        message: "no",
        event_id,
      },
    }),
  drops: (connection = 1) => ({ lane: "server", kind: "dropped", connection }) as const,
  closes: (code: number, connection = 1) => ({ lane: "server", kind: "closed", connection, code, reason: "" }) as const,
  accepts: (connection = 1) => ({ lane: "server", kind: "accepted", connection }) as const,
  refuses: (connection: number) => ({ lane: "server", kind: "refused", connection, status: 503 }) as const,
  goesSilent: (connection = 1) => ({ lane: "server", kind: "silent", connection }) as const,
  // app lane
  performs: (operation: Operation) => ({ lane: "app", kind: "performed", operation }) as const,
  says: (request: string) =>
    ({ lane: "app", kind: "performed", operation: { do: "say", request, text: `text of ${request}` } }) as const,
  requests: (request: string) => ({ lane: "app", kind: "performed", operation: { do: "request", request } }) as const,
  opens: (future: string, of: FutureKind, request?: string, response?: string) =>
    ({
      lane: "app",
      kind: "opened",
      future,
      of,
      ...(request === undefined ? {} : { request }),
      ...(response === undefined ? {} : { response }),
    }) as const,
  resolves: (future: string, response?: string) =>
    ({
      lane: "app",
      kind: "settled",
      future,
      as: "resolved",
      ...(response === undefined ? {} : { response }),
    }) as const,
  rejects: (future: string) =>
    ({ lane: "app", kind: "settled", future, as: "rejected", error: { name: "Error", message: "no" } }) as const,
  hears: (label: string, more: { whole?: boolean; response?: string; future?: string } = {}) =>
    ({ lane: "app", kind: "heard", what: "text", pieces: [{ label, from: 1, to: 1 }], ...more }) as const,
  seesError: () => ({ lane: "app", kind: "error", error: { name: "Error", message: "no" } }) as const,
  turnEnds: (label: string, status: string) =>
    ({ lane: "app", kind: "turn", is: "ended", response: `resp_${label}`, status }) as const,
  disconnected: () => ({ lane: "app", kind: "state", state: "disconnected" }) as const,
  phase: (phase: Phase) => ({ lane: "app", kind: "phase", phase }) as const,
  leftBehind: (sockets: number, timers: number, listeners: number) =>
    ({ lane: "app", kind: "left-behind", sockets, timers, listeners }) as const,
} as const
