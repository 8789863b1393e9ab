// An error does not name the client event it is about (PROTOCOL.md B.2: null in some logs).
import type { Fault } from "./fault.ts"

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

export const nullEventId: Fault = {
  name: "null-event-id",
  oracle: "lawful",
  says: "an error's error.event_id is null",
  apply(delivery) {
    const { error } = delivery.event
    if (delivery.event.type !== "error" || !isObject(error)) return [delivery]
    return [{ ...delivery, event: { ...delivery.event, error: { ...error, event_id: null } }, fault: "null-event-id" }]
  },
}
