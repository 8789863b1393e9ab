// What a server of Responses over WebSocket may do, one rule a row. The code that looks after each is in judge-*.ts; a
// test breaks each.

/** How well a rule is attested: `documented` by the API, `recorded` in every log we know, `issue` reported by users. */
export type RuleLevel = "documented" | "recorded" | "issue"

export interface Rule {
  readonly id: string
  readonly says: string
  readonly level: RuleLevel
  /** The section of PROTOCOL.md that states it. */
  readonly source: string
}

export const RULES = [
  // Connection and lanes
  {
    id: "nothing-after-connection-limit",
    level: "documented",
    source: "C.3, C.4",
    says: "after error websocket_connection_limit_reached only the close follows",
  },
  {
    id: "connection-error-has-no-stream-id",
    level: "documented",
    source: "C.2",
    says: "an error of the whole connection carries no stream_id",
  },
  {
    id: "error-says-what",
    level: "documented",
    source: "C.4",
    says: "an error has a message, in its `error` or beside its type",
  },
  {
    id: "stream-id-known",
    level: "documented",
    source: "C.2",
    says: "a stream_id is one that the client has named in this connection",
  },
  {
    id: "stream-id-of-its-response",
    level: "documented",
    source: "C.2",
    says: "every event of a response carries the stream_id of its response.create, or none",
  },
  {
    id: "one-response-at-a-time",
    level: "documented",
    source: "C.2",
    says: "responses of one lane never overlap, and without lanes no two do",
  },
  {
    id: "in-flight-limit",
    level: "documented",
    source: "C.2",
    says: "at most 16 responses of a connection run at once; more are queued",
  },
  {
    id: "lane-in-order",
    level: "documented",
    source: "C.2, C.5",
    says: "the creates of a lane are answered in order, after the successor that steering has earned",
  },

  // Response
  {
    id: "response-created-first",
    level: "documented",
    source: "C.5",
    says: "an event of a response comes after its response.created",
  },
  { id: "response-created-once", level: "documented", source: "C.5", says: "a response is created once" },
  {
    id: "response-has-a-cause",
    level: "documented",
    source: "C.1, C.5",
    says: "a response answers a response.create of its lane or succeeds a steered response",
  },
  {
    id: "response-created-in-progress",
    level: "recorded",
    source: "C.5",
    says: "response.created has status in_progress or queued",
  },
  {
    id: "echoes-its-create",
    level: "documented",
    source: "C.1",
    says: "response.created repeats the previous_response_id and metadata of its response.create",
  },
  {
    id: "in-progress-before-output",
    level: "recorded",
    source: "C.5",
    says: "response.in_progress comes once, before the output and the completion of its response",
  },
  {
    id: "response-id-stable",
    level: "documented",
    source: "C.2, C.5",
    says: "the events that name a response name the one that runs on their lane",
  },
  {
    id: "sequence-number-present",
    level: "documented",
    source: "C.8",
    says: "every event of a response carries a sequence_number; only an error may leave it out",
  },
  {
    id: "sequence-number-in-order",
    level: "documented",
    source: "C.5",
    says: "sequence_number starts at 0 in each response and rises by 1",
  },
  {
    id: "one-terminal",
    level: "documented",
    source: "C.5",
    says: "a response ends once: completed, failed, incomplete or error, where failed may follow error",
  },
  {
    id: "nothing-after-terminal",
    level: "documented",
    source: "C.5",
    says: "no event of a response follows its end",
  },
  {
    id: "terminal-status-matches",
    level: "documented",
    source: "C.5",
    says: "the status of a response that has ended is the one in the name of the event",
  },
  {
    id: "terminal-says-why",
    level: "documented",
    source: "C.5",
    says: "an incomplete response gives a reason that is documented, a failed one its error",
  },
  {
    id: "terminal-closes-items",
    level: "documented",
    source: "C.5",
    says: "every item of a completed or incomplete response has its output_item.done first",
  },
  {
    id: "terminal-lists-items",
    level: "recorded",
    source: "C.5",
    says: "the output of a completed or incomplete response lists all its items in order, or is left out",
  },
  {
    id: "warm-up-has-no-output",
    level: "documented",
    source: "C.1",
    says: "a response to generate: false has no output",
  },

  // Output items and their parts
  {
    id: "item-added-first",
    level: "documented",
    source: "C.5",
    says: "an item is added to its response before its parts, deltas and done",
  },
  {
    id: "output-index-in-order",
    level: "recorded",
    source: "C.5",
    says: "items are added once each, with output_index 0, 1, 2 and so on",
  },
  {
    id: "item-id-stable",
    level: "documented",
    source: "C.5",
    says: "events of one output_index carry the id that its item was added with",
  },
  {
    id: "nothing-after-item-done",
    level: "documented",
    source: "C.5",
    says: "response.output_item.done is the last event of its item",
  },
  {
    id: "part-added-first",
    level: "documented",
    source: "C.5",
    says: "a part is added before its deltas and its done",
  },
  { id: "part-added-once", level: "documented", source: "C.5", says: "a part is added to its item once" },
  {
    id: "delta-before-done",
    level: "documented",
    source: "C.5",
    says: "no delta and no second done follows the done of the same stream",
  },
  {
    id: "delta-concat-is-done",
    level: "documented",
    source: "C.5",
    says: "the deltas of a stream, joined, are its done payload",
  },
  {
    id: "stream-done-before-part-done",
    level: "recorded",
    source: "C.5",
    says: "the stream of a part is done before the part",
  },
  {
    id: "parts-done-before-item-done",
    level: "documented",
    source: "C.5",
    says: "the parts of an item, and the arguments of a call, are done before their item",
  },
  {
    id: "item-repeats-its-parts",
    level: "recorded",
    source: "C.5",
    says: "finished parts and items repeat what was streamed",
  },
  {
    id: "call-keeps-its-names",
    level: "documented",
    source: "C.5",
    says: "the call_id and name of a tool call stay the same",
  },

  // Steering
  {
    id: "steer-answers-steer",
    level: "documented",
    source: "C.5",
    says: "response.steer.accepted, pending and failed are about steering that the client sent and that is not settled",
  },
  {
    id: "steer-pending-after-completed",
    level: "documented",
    source: "C.5",
    says: "response.steer.pending follows the completion of a response that waits for tool outputs",
  },
  {
    id: "steered-was-asked",
    level: "documented",
    source: "C.5",
    says: "a response ends with reason steered only when steering was accepted for it",
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof RULES)[number]["id"]

/** One broken rule, and who broke it: a rule of this table by the server, or `client/<error code>` by the client. */
export interface RuleBreak {
  readonly rule: RuleId | `client/${string}`
  readonly message: string
  readonly party: "server" | "client"
}
