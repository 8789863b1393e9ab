// The retired beta's words, which Azure previews and clones still speak (PROTOCOL.md A.5): other event names, and a flat
// session. The client thinks in GA names and translates at its edge.

import type { Members, ServerEvent } from "./events.ts"

const gaNames: Readonly<Record<string, string>> = {
  "response.text.delta": "response.output_text.delta",
  "response.text.done": "response.output_text.done",
  "response.audio.delta": "response.output_audio.delta",
  "response.audio.done": "response.output_audio.done",
  "response.audio_transcript.delta": "response.output_audio_transcript.delta",
  "response.audio_transcript.done": "response.output_audio_transcript.done",
  "conversation.item.created": "conversation.item.added",
}

/** The event under its GA name; whoever sends it, beta names mean nothing else. */
export function inGaWords(event: ServerEvent): ServerEvent {
  const type = gaNames[event.type]
  return type === undefined ? event : { ...event, type }
}

/** A session.update's `session` as the beta reads it. */
export function flatSession({ type: _, output_modalities, ...rest }: Members): Members {
  if (output_modalities === undefined) return rest
  const isText = Array.isArray(output_modalities) && output_modalities.includes("text")
  return { ...rest, modalities: isText ? ["text"] : ["audio", "text"] }
}
