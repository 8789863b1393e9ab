// The 11 events that a client of the Realtime API (GA) may send, as declared in npm openai 7.55.0 (PROTOCOL.md A.4). A
// table: fixtures/protocol/events.json holds the same inventory, and a test holds the two together.
import { z } from "zod"
import { item, responseParams, session } from "./objects.ts"

const text = z.string()
const count = z.number()

/** `event_id` is the client's own choice; the server repeats it in `error.error.event_id` and nowhere else. */
function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.looseObject({ type: z.literal(type), event_id: z.string().optional(), ...shape })
}

export const realtimeClientEvents = {
  "conversation.item.create": event("conversation.item.create", { item, previous_item_id: text.optional() }),
  "conversation.item.delete": event("conversation.item.delete", { item_id: text }),
  "conversation.item.retrieve": event("conversation.item.retrieve", { item_id: text }),
  "conversation.item.truncate": event("conversation.item.truncate", {
    audio_end_ms: count,
    content_index: count,
    item_id: text,
  }),
  "input_audio_buffer.append": event("input_audio_buffer.append", { audio: text }),
  "input_audio_buffer.clear": event("input_audio_buffer.clear", {}),
  "input_audio_buffer.commit": event("input_audio_buffer.commit", {}),
  "output_audio_buffer.clear": event("output_audio_buffer.clear", {}),
  "response.cancel": event("response.cancel", { response_id: text.optional() }),
  "response.create": event("response.create", { response: responseParams.optional() }),
  "session.update": event("session.update", { session }),
}

export type RealtimeClientEvent = z.infer<(typeof realtimeClientEvents)[keyof typeof realtimeClientEvents]>
