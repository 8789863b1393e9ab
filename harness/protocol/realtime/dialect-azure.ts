// Azure OpenAI, GA shapes (PROTOCOL.md A.6): OpenAI's events in OpenAI's order, no rate limits, `done` items that forget
// their place, and no transcription without a deployment for it.

import type { WireEvent } from "../event.ts"
import type { Dialect } from "./dialects.ts"

const transcription = "conversation.item.input_audio_transcription"

export function azureDialect(): Dialect {
  return { outgoing, incoming: (event) => event }
}

function outgoing(event: WireEvent): readonly WireEvent[] {
  switch (event.type) {
    case "rate_limits.updated": // none in any recording (B.5)
    case `${transcription}.delta`:
      return []
    case `${transcription}.completed`:
      return [withoutDeployment(event)]
    case "conversation.item.done": // null in 6 of 20 (B.5)
      return [{ ...event, previous_item_id: null }]
    default:
      return [event]
  }
}

function withoutDeployment({ event_id, item_id, content_index }: WireEvent): WireEvent {
  const code = "transcription_requires_deployment"
  const message = "Input transcription needs a deployment of a transcription model."
  const error = { type: "invalid_request_error", code, message, param: null }
  return { type: `${transcription}.failed`, event_id, item_id, content_index, error }
}
