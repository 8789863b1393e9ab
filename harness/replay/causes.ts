// Which of the server's events answer the client, and so wait for it in a replay. The others follow from the server's own: a
// response once begun streams on, whatever the client is at.
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"

export interface Causes {
  /** Whether the event may have been caused by what the client had sent; ask for each event of a connection, in order. */
  isAnswer(event: WireEvent): boolean
}

const ownAccord = /^(rate_limits\.|ping$|conversation\.item\.input_audio_transcription\.)/

export function createCauses(): Causes {
  const output = new Set<string>()
  return {
    isAnswer(event) {
      const { type } = event
      const itemId = read.text(read.members(event.item).id)
      if (type === "response.output_item.added" && itemId !== null) output.add(itemId)
      if (type === "response.done") return read.members(event.response).status === "cancelled"
      if (type === "response.created" || type.startsWith("response.steer")) return true
      if (type.startsWith("response.") || ownAccord.test(type)) return false
      return itemId === null || !output.has(itemId)
    },
  }
}
