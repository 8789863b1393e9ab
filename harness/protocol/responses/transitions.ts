// The lifecycles as tables: four machines, every lawful step a row. The model records the steps that it saw taken, so
// that coverage is taken over possible. Rules (rules.ts) judge; these only say where a thing can be and how it moves.
import { stateMachines } from "../state-machine.ts"

/** `connection`: until the 60-minute limit. `lane`: who may start on it. `response`: from its request to its end.
 * `item`: one output item, as far as the composer streams it. */
export type Machine = "connection" | "lane" | "response" | "item"

/** Source: PROTOCOL.md C.4. An error is the connection's when no lane is to blame. */
const CONNECTION = [
  ["open", "error", "open"],
  ["open", "error{websocket_connection_limit_reached}", "limited"],
]

/** Source: PROTOCOL.md C.2, C.5. `owed`: a steered response has ended and the server is to create its successor. */
const LANE = [
  ...["free", "busy", "owed"].map((from) => [from, "response.create", from]),
  ["free", "response.created", "busy"],
  ["free", "error", "free"], // a create that is refused
  ["busy", "response.completed", "free"],
  ["busy", "response.incomplete", "free"],
  ["busy", "response.failed", "free"],
  ["busy", "error", "free"],
  ["busy", "response.completed{steered}", "owed"],
  ["busy", "response.incomplete{steered}", "owed"],
  ["owed", "response.created", "busy"],
  ["owed", "response.steer.failed", "free"],
]

/** Source: PROTOCOL.md C.3 (how a response comes by its context), C.5. */
const RESPONSE = [
  ["absent", "response.create", "requested"],
  ["absent", "response.create{generate: false}", "requested"],
  ["absent", "response.create{refused}", "refused"],
  ["requested", "error", "refused"],
  ...["fresh", "continued", "forked", "hydrated"].map((how) => ["requested", `response.created{${how}}`, "created"]),
  ["absent", "response.created{steered}", "created"],
  ["created", "response.queued", "queued"],
  ["created", "response.in_progress", "active"],
  ["queued", "response.in_progress", "active"],
  ["active", "response.output_item.added", "active"],
  ["active", "response.output_item.done", "active"],
  ["active", "response.steer.accepted", "active"],
  ["active", "response.completed", "completed"],
  ["active", "response.completed{generate: false}", "completed"],
  ...["max_output_tokens", "content_filter", "max_messages", "steered"].map((reason) => [
    "active",
    `response.incomplete{${reason}}`,
    "incomplete",
  ]),
  ...["created", "queued", "active"].flatMap((from) => [
    [from, "response.failed", "failed"],
    [from, "error", "errored"],
  ]),
  ["errored", "response.failed", "failed"], // W05
  ["completed", "response.steer.pending", "completed"],
]

const STREAMED = [
  ...["content_part.added", "content_part.done", "reasoning_summary_part.added", "reasoning_summary_part.done"],
  ...["output_text", "refusal", "reasoning_summary_text", "function_call_arguments"].flatMap((stream) => [
    `${stream}.delta`,
    `${stream}.done`,
  ]),
]

/** Source: PROTOCOL.md C.5. */
const ITEM = [
  ["absent", "response.output_item.added", "open"],
  ...STREAMED.map((name) => ["open", `response.${name}`, "open"]),
  ["open", "response.output_item.done", "closed"],
]

const machines = stateMachines<Machine>({
  connection: CONNECTION,
  lane: LANE,
  response: RESPONSE,
  item: ITEM,
})

export const TRANSITIONS = machines.transitions
export const step = machines.step
