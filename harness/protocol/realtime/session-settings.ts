// The session's settings: what a new session has, which updates the server refuses, and what an accepted one makes.
// An update is all-or-nothing: one bad field discards the whole (PROTOCOL.md A.3).

import { type JsonObject, read } from "./read.ts"
import { type Refusal, refuse } from "./refusals.ts"
import type { RealtimeState } from "./state.ts"

const PCM = { type: "audio/pcm", rate: 24000 }

const TURN_DETECTION: { readonly [type: string]: JsonObject } = {
  server_vad: {
    type: "server_vad",
    threshold: 0.5,
    prefix_padding_ms: 300,
    silence_duration_ms: 200,
    idle_timeout_ms: null,
    create_response: true,
    interrupt_response: true,
  },
  semantic_vad: { type: "semantic_vad", eagerness: "auto", create_response: true, interrupt_response: true },
}

/** As recorded in the first session.created of July 2026, but for the prose of the default instructions. */
export const DEFAULT_SESSION: JsonObject = {
  type: "realtime",
  object: "realtime.session",
  model: "gpt-realtime",
  output_modalities: ["audio"],
  instructions: "You are a helpful, witty, and friendly AI.",
  tools: [],
  tool_choice: "auto",
  max_output_tokens: "inf",
  tracing: null,
  truncation: "auto",
  prompt: null,
  expires_at: 1785217650,
  audio: {
    input: { format: PCM, transcription: null, noise_reduction: null, turn_detection: TURN_DETECTION.server_vad },
    output: { format: PCM, voice: "alloy", speed: 1 },
  },
  include: null,
}

/** The members an update may have, by path. */
const MEMBERS: { readonly [path: string]: ReadonlySet<string> } = {
  session: new Set([
    ...["type", "model", "instructions", "prompt", "output_modalities", "audio", "tools", "tool_choice"],
    ...["parallel_tool_calls", "reasoning", "max_output_tokens", "tracing", "truncation", "include"],
  ]),
  "session.audio": new Set(["input", "output"]),
  "session.audio.input": new Set(["format", "transcription", "noise_reduction", "turn_detection"]),
  "session.audio.output": new Set(["format", "voice", "speed"]),
}

/** The session that holds once all accepted updates are acknowledged. */
export function latestSession(state: RealtimeState): JsonObject {
  return state.updatesOwed.at(-1)?.session ?? state.session
}

/** Why the server refuses the `session` of a session.update, or null. */
export function refuseUpdate(state: RealtimeState, update: JsonObject | null): Refusal | null {
  if (update === null) return refuse.missingParameter("session")
  const audio = read.members(update.audio)
  return (
    unknownMember("session", update) ??
    unknownMember("session.audio", audio) ??
    unknownMember("session.audio.input", read.members(audio.input)) ??
    unknownMember("session.audio.output", read.members(audio.output)) ??
    changedIdentity(latestSession(state), update) ??
    badModalities(update.output_modalities) ??
    lowRate("session.audio.input.format.rate", read.members(audio.input).format) ??
    lowRate("session.audio.output.format.rate", read.members(audio.output).format) ??
    changedVoice(state, read.members(audio.output).voice)
  )
}

/** The session after a partial update: settings merge by name, down to audio.input and audio.output. */
export function mergeUpdate(session: JsonObject, update: JsonObject): JsonObject {
  const audio = read.object(update.audio)
  if (audio === null) return Object.assign({}, session, update, { audio: session.audio })
  const before = read.members(session.audio)
  const input = Object.assign({}, read.members(before.input), read.members(audio.input))
  const output = Object.assign({}, read.members(before.output), read.members(audio.output))
  return Object.assign({}, session, update, { audio: { input: withDefaults(input), output } })
}

function withDefaults(input: JsonObject): JsonObject {
  const turns = read.object(input.turn_detection)
  const transcription = read.object(input.transcription)
  return {
    ...input,
    turn_detection: turns && { ...TURN_DETECTION[read.text(turns.type) ?? ""], ...turns },
    transcription: transcription && { language: null, prompt: null, ...transcription },
  }
}

function unknownMember(path: string, value: JsonObject): Refusal | null {
  const known = MEMBERS[path]
  for (const name of Object.keys(value))
    if (known?.has(name) === false) return refuse.unknownParameter(`${path}.${name}`)
  return null
}

function changedIdentity(session: JsonObject, update: JsonObject): Refusal | null {
  if (update.type === undefined) return refuse.missingParameter("session.type")
  if (update.type !== session.type) {
    return refuse.invalidValue("Passing a different 'session.type' is not allowed.", "session.type")
  }
  if (update.model === undefined || update.model === session.model) return null
  return refuse.invalidValue("The model of a session cannot be changed.", "session.model")
}

function badModalities(value: unknown): Refusal | null {
  if (value === undefined) return null
  const modalities = read.list(value)
  if (modalities.length === 1 && (modalities[0] === "audio" || modalities[0] === "text")) return null
  const message = "Invalid modalities. Supported combinations are: ['text'] and ['audio']."
  return refuse.invalidValue(message, "session.output_modalities")
}

function lowRate(param: string, format: unknown): Refusal | null {
  const rate = read.number(read.members(format).rate)
  return rate !== null && rate < PCM.rate ? refuse.belowMinimum(param, PCM.rate, rate) : null
}

function changedVoice(state: RealtimeState, voice: unknown): Refusal | null {
  if (voice === undefined || !state.audioSent) return null
  const output = read.members(read.members(latestSession(state).audio).output)
  return voice === output.voice ? null : refuse.voiceFixed()
}
