// The pairs of Python clients; adapters/pairs.ts says what a pair is.
import type { Pair } from "../pairs.ts"

const livekit = "livekit-python"

export const pythonPairs: readonly Pair[] = [
  {
    subject: livekit,
    bad: ["1.5.7"],
    good: ["1.5.8", "1.5.17"],
    scenario: "error/names-the-request",
    invariant: "settles-when-answered",
    bug: "an error that names the response.create leaves generate_reply() to its time-out",
    source: "livekit/agents#5566, #5576",
  },
  {
    subject: livekit,
    bad: ["1.6.0", "1.6.4", "1.6.5"],
    good: ["1.5.17", "1.7.0", "1.8.9"],
    scenario: "error/names-the-request",
    invariant: "settles-when-answered",
    bug: "the mending of that was deleted by an unrelated change",
    source: "livekit/agents#6817, #6818",
  },
  {
    subject: livekit,
    bad: ["1.6.4"],
    good: ["1.6.5"],
    scenario: "timeout/late-created-is-not-played",
    invariant: "no-late-output",
    bug: "a response that is created after its request timed out is played",
    source: "livekit/agents#6222, #6244",
  },
  {
    subject: "openai-agents-python",
    bad: ["0.13.0"],
    good: ["0.13.1"],
    scenario: "turn/two-texts-at-once",
    invariant: "one-active-response",
    bug: "two send_message() in a row send a second response.create at once",
    source: "openai-agents 0.13.1",
  },
  {
    subject: "scenario-python",
    bad: ["0.7.31"],
    good: ["0.7.32"],
    scenario: "turn/text-during-a-reply",
    invariant: "one-active-response",
    bug: "send_text() sends a response.create while a response is active",
    source: "langwatch/scenario#662, PR #669",
  },
]
