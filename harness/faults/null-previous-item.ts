// An item's place is not repeated (PROTOCOL.md B.5, S12: 9 of 41 recorded conversation.item.done).
import type { Fault } from "./fault.ts"

export const nullPreviousItem: Fault = {
  name: "null-previous-item",
  oracle: "lawful",
  says: "a conversation.item event's previous_item_id is null",
  apply(delivery) {
    if (delivery.event.previous_item_id === undefined) return [delivery]
    return [{ ...delivery, event: { ...delivery.event, previous_item_id: null }, fault: "null-previous-item" }]
  },
}
