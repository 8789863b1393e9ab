// The lifecycles as tables: four machines, every lawful step a row. The model records the steps that it saw taken, so
// that coverage is taken over possible. Rules (rules.ts) judge; these only say where a thing can be and how it moves.
import { stateMachines } from "../state-machine.ts"

/** `session`: the connection. `response`: from its request to its end. `item`: one conversation or output item, as the
 * wire tells of it. `input`: the input audio buffer. */
export type Machine = "session" | "response" | "item" | "input"

const STREAMED = [
  "response.output_item.added",
  "response.content_part.added",
  "response.output_text.delta",
  "response.output_text.done",
  "response.output_audio.delta",
  "response.output_audio.done",
  "response.output_audio_transcript.delta",
  "response.output_audio_transcript.done",
  "response.function_call_arguments.delta",
  "response.function_call_arguments.done",
  "response.content_part.done",
  "response.output_item.done",
]

const ENDED = ["completed", "cancelled", "failed", "incomplete"]

/** Source: PROTOCOL.md A.1, B.6. */
const SESSION = [
  ["opening", "session.created", "open"],
  ["opening", "session.updated", "open"], // a sideband socket
  ["opening", "error", "refused"],
  ["open", "session.update", "open"],
  ["open", "session.updated", "open"],
  ["open", "error", "open"],
  ["open", "error{session_expired}", "expired"],
  ["open", "rate_limits.updated", "open"],
]

/** Source: PROTOCOL.md B.1. `cancelling`: the server has taken a response.cancel and not yet sent response.done. */
const RESPONSE = [
  ["absent", "response.create", "requested"],
  ["absent", "response.create{refused}", "refused"],
  ["requested", "response.created", "active"],
  ["requested", "error", "refused"],
  ["requested", "response.cancel", "requested"], // a no-op: the response still runs
  ["absent", "response.created", "active"], // server-made: VAD, idle time-out
  ...STREAMED.map((on) => ["active", on, "active"]),
  ...STREAMED.map((on) => ["cancelling", on, "cancelling"]),
  ["active", "response.cancel", "cancelling"],
  ["active", "response.done{completed}", "completed"],
  ["active", "response.done{turn_detected}", "cancelled"],
  ["active", "response.done{failed}", "failed"],
  ["active", "response.done{max_output_tokens}", "incomplete"],
  ["active", "response.done{content_filter}", "incomplete"],
  ["cancelling", "response.done{client_cancelled}", "cancelled"],
  ["cancelling", "response.done{completed}", "completed"], // the end and the cancel crossed
  ["cancelling", "response.done{turn_detected}", "cancelled"],
  ["cancelling", "response.done{failed}", "failed"],
  ["cancelling", "response.done{max_output_tokens}", "incomplete"],
  ["cancelling", "response.done{content_filter}", "incomplete"],
  ...ENDED.map((from) => [from, "response.cancel", from]),
]

/** Source: PROTOCOL.md B.1 rule 3, B.5. An output item runs open, listed, finished, closed; out of band open, closed;
 * a client's asked, listed, finished; a spoken one allocated, committed, listed, finished. */
const ITEM = [
  ["absent", "response.output_item.added", "open"],
  ["open", "conversation.item.added", "listed"],
  ["listed", "conversation.item.done", "finished"],
  ["open", "response.output_item.done", "closed"],
  ["finished", "response.output_item.done", "closed"],
  ["absent", "conversation.item.create", "asked"],
  ["asked", "conversation.item.added", "listed"],
  ["absent", "conversation.item.added", "listed"],
  ["absent", "input_audio_buffer.speech_started", "allocated"],
  ["absent", "input_audio_buffer.timeout_triggered", "allocated"],
  ["allocated", "input_audio_buffer.committed", "committed"],
  ["absent", "input_audio_buffer.committed", "committed"],
  ["committed", "conversation.item.added", "listed"],
  ...["allocated", "committed", "listed", "finished"].flatMap((from) =>
    ["delta", "completed", "failed"].map((end) => [from, `conversation.item.input_audio_transcription.${end}`, from]),
  ),
  ...["finished", "closed"].flatMap((from) => [
    [from, "conversation.item.retrieved", from],
    [from, "conversation.item.deleted", "deleted"],
  ]),
  ["listed", "conversation.item.truncated", "listed"], // while it streams
  ["closed", "conversation.item.truncated", "closed"],
]

/** Source: PROTOCOL.md B.5, V02 (a commit during speech ends it without speech_stopped), V04. */
const INPUT = [
  ["idle", "input_audio_buffer.append", "idle"],
  ["speaking", "input_audio_buffer.append", "speaking"],
  ["stopped", "input_audio_buffer.append", "stopped"],
  ["idle", "input_audio_buffer.speech_started", "speaking"],
  ["speaking", "input_audio_buffer.speech_stopped", "stopped"],
  ["stopped", "input_audio_buffer.committed", "idle"],
  ["speaking", "input_audio_buffer.committed", "idle"],
  ["idle", "input_audio_buffer.committed", "idle"],
  ["idle", "input_audio_buffer.timeout_triggered", "timedOut"],
  ["timedOut", "input_audio_buffer.committed", "idle"],
  ["idle", "input_audio_buffer.cleared", "idle"],
  ["speaking", "input_audio_buffer.cleared", "idle"],
  ["stopped", "input_audio_buffer.cleared", "idle"],
]

const machines = stateMachines<Machine>({
  session: SESSION,
  response: RESPONSE,
  item: ITEM,
  input: INPUT,
})

export const TRANSITIONS = machines.transitions
export const step = machines.step
