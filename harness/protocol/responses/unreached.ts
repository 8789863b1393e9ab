// Transitions of Responses over WebSocket that no scenario takes, each with the reason. A full run fails for one that is
// neither taken nor listed here.

const noWord = "the script has no word yet for reasoning, refusals and annotations; the model's property tests take it"
const beforeProgress = "nobody has seen a response fail before response.in_progress; the model's property tests take it"

/** Reasons by the transition's name (transitionId). */
export const unreachedBecause: Readonly<Record<string, string>> = {
  "connection: open -> open on error": "a correct client provokes no error of the connection: bad lanes, unknown types",
  "lane: owed -> owed on response.create":
    "a create that crosses the server's own successor is left to the fuzzer; the model's property tests take it",
  "response: requested -> created on response.created{forked}": "no client at hand forks a response into another lane",
  "response: requested -> created on response.created{hydrated}":
    "no client at hand continues a stored response on a new connection",
  "response: active -> incomplete on response.incomplete{max_messages}":
    "ends as max_output_tokens does, which a scenario plays (W06)",
  "response: created -> failed on response.failed": beforeProgress,
  "response: created -> errored on error": beforeProgress,
  "response: queued -> failed on response.failed": beforeProgress,
  "response: queued -> errored on error": beforeProgress,
  "item: open -> open on response.reasoning_summary_part.added": noWord,
  "item: open -> open on response.reasoning_summary_part.done": noWord,
  "item: open -> open on response.refusal.delta": noWord,
  "item: open -> open on response.refusal.done": noWord,
  "item: open -> open on response.reasoning_summary_text.delta": noWord,
  "item: open -> open on response.reasoning_summary_text.done": noWord,
}
