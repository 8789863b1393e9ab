// Logs that tell only the types of events: enough is added for what the order alone tells, which is which response.created
// and response.done belong together. Nothing of the protocol's rules is judged of such an event.
import type { WireEvent } from "../protocol/event.ts"

/** Gives responses ids: each created begins one, a done ends the oldest that runs. */
export function createDresser(): (event: WireEvent) => WireEvent {
  let count = 0
  const running: string[] = []
  return (event) => {
    if (event.type === "response.created") {
      const id = `resp_${++count}`
      running.push(id)
      return { ...event, response: { id, conversation_id: "conv" } }
    }
    if (event.type === "response.done") {
      const id = running.shift() ?? `resp_${++count}`
      return { ...event, response: { id, conversation_id: "conv", status: "completed" } }
    }
    return event
  }
}
