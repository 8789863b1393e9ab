// Whether a response of the default conversation is active, as far as the wire has told: what a create must wait for.
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"

export interface Activity {
  /** An event of the server's, in order. */
  take(event: WireEvent): void
  readonly isBusy: boolean
}

/** For one connection. Responses over WebSocket queues creates, and is never busy. */
export function createActivity(): Activity {
  const active = new Set<string>()
  return {
    take({ type, response }) {
      if (type !== "response.created" && type !== "response.done") return
      const { id, conversation_id } = read.members(response)
      if (typeof id !== "string") return
      if (type === "response.done") active.delete(id)
      else if (typeof conversation_id === "string") active.add(id)
    },
    get isBusy() {
      return active.size > 0
    },
  }
}
