// The event names a response that there never was (PROTOCOL.md M09).
import type { WireEvent } from "../protocol/event.ts"
import type { Fault } from "./fault.ts"

/** One for each response: the other's would be the name of one that there was, if that one's created has been struck, too. */
const strangerTo = (id: string) => `${id}_stranger`

export const foreignId: Fault = {
  name: "foreign-id",
  oracle: "hostile",
  says: "the event names a response that there never was",
  apply(delivery) {
    const event = renamed(delivery.event)
    return [event === delivery.event ? delivery : { ...delivery, event, fault: "foreign-id" }]
  },
}

function renamed(event: WireEvent): WireEvent {
  const { response_id, response } = event
  if (typeof response_id === "string") return { ...event, response_id: strangerTo(response_id) }
  if (typeof response !== "object" || response === null || !("id" in response)) return event
  return typeof response.id === "string" ? { ...event, response: { ...response, id: strangerTo(response.id) } } : event
}
