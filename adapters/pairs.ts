// Pairs: releases with a known bug beside releases without it. The harness must tell them apart, by the invariant named.
import { pythonPairs } from "./python/pairs.ts"

export interface Pair {
  readonly subject: string
  /** Releases that have the bug: the invariant is broken in this scenario. */
  readonly bad: readonly string[]
  /** Releases that have it not: the invariant is judged there, and holds, whatever else fails. Empty: none is mended yet. */
  readonly good: readonly string[]
  readonly scenario: string
  /** An invariant's id, or "story". */
  readonly invariant: string
  /** What the bad releases do. */
  readonly bug: string
  /** The issue, pull request or release where it was told or mended. */
  readonly source: string
}

export const pairs: readonly Pair[] = [
  {
    subject: "livekit-realtime",
    bad: ["1.3.0"],
    good: ["1.4.0"],
    scenario: "error/names-the-request",
    invariant: "settles-when-answered",
    bug: "an error that names the response.create leaves generateReply() pending for ever",
    source: "livekit/agents-js#1384",
  },
  {
    subject: "livekit-realtime",
    bad: ["1.4.9"],
    good: ["1.4.11"],
    scenario: "cancel/before-created",
    invariant: "no-late-output",
    bug: "a response that is created after its request was given up is played",
    source: "livekit/agents#6222, #6238, #6244; livekit/agents-js#1897",
  },
  {
    subject: "livekit-realtime",
    bad: ["1.5.2"],
    good: ["1.5.3"],
    scenario: "connection/dropped-mid-stream",
    invariant: "settles-when-answered",
    bug: "the message stream of a reply never ends when the connection is lost in the middle of it",
    source: "@livekit/agents-plugin-openai 1.5.3",
  },
  {
    subject: "livekit-responses",
    bad: ["1.7.1"],
    good: ["1.8.0"],
    scenario: "responses-ws/incomplete-is-an-end",
    invariant: "terminal-set-is-complete",
    bug: "response.incomplete never ends the stream",
    source: "review of livekit/agents-js#1093",
  },
  {
    subject: "livekit-responses",
    bad: ["1.7.1"],
    good: ["1.8.0"],
    scenario: "responses-ws/never-continues-from-a-failure",
    invariant: "never-chain-on-a-failed-response",
    bug: "the next request is continued from the response that failed",
    source: "review of livekit/agents-js#1093",
  },
  {
    subject: "livekit-responses",
    bad: ["1.0.51", "1.3.0", "1.6.2", "1.6.3", "1.7.1", "1.8.0", "1.9.0"],
    good: [],
    scenario: "responses-ws/failure-keeps-the-connection",
    invariant: "healthy-connection-is-reused",
    bug: "a failure that is not tried again throws away a healthy pooled connection",
    source: "review of livekit/agents-js#1093",
  },
  {
    subject: "livekit-responses",
    bad: ["1.6.2"],
    good: ["1.6.3"],
    scenario: "responses-ws/dropped-mid-stream",
    invariant: "nothing-delivered-twice-on-retry",
    bug: "a request is sent again after part of its answer was streamed, and the text comes twice",
    source: "@livekit/agents-plugin-openai 1.6.3",
  },
  {
    subject: "openai-agents",
    bad: ["0.8.0"],
    good: ["0.8.1"],
    scenario: "turn/two-texts-at-once",
    invariant: "one-active-response",
    bug: "two sendMessage() in a row send a second response.create at once",
    source: "openai/openai-agents-js PR #1127",
  },
  {
    subject: "openai-agents",
    bad: ["0.8.0"],
    good: ["0.8.1"],
    scenario: "tools/output-before-done",
    invariant: "one-active-response",
    bug: "a tool's result that is ready before response.done is followed by a response.create at once",
    source: "openai/openai-agents-js PR #1127",
  },
  {
    subject: "openai-agents-responses",
    bad: ["0.17.0"],
    good: ["0.17.1"],
    scenario: "responses-ws/failure-keeps-the-connection",
    invariant: "story",
    bug: "response.failed passes for success: the run asks the model again and again, and its stream does not end",
    source: "openai/openai-agents-js#1720",
  },
  ...pythonPairs,
  {
    subject: "langwatch-voice",
    bad: ["0.4.13"],
    good: ["0.5.3"],
    scenario: "turn/text-during-a-reply",
    invariant: "one-active-response",
    bug: "sendText() sends response.create while a response is active",
    source: "langwatch/scenario#662, PR #669",
  },
  {
    subject: "langwatch-voice",
    bad: ["0.4.13"],
    good: ["0.5.3"],
    scenario: "audio/committed-before-an-answer",
    invariant: "one-active-response",
    bug: "receiveAudio() commits the audio and sends response.create while a response is active",
    source: "langwatch/scenario#662, PR #669",
  },
  {
    subject: "langwatch-agent",
    bad: ["0.4.13"],
    good: ["0.5.3"],
    scenario: "turn/greeting-during-a-spoken-answer",
    invariant: "one-active-response",
    bug: "the first call() sends response.create while the answer to a spoken turn is active",
    source: "langwatch/scenario#662, PR #669",
  },
]
