// What a model of one connection may forget of a log without an end. A server forgets, too: a connection lasts an hour, and all that
// is forgotten here is older than any hour can hold.
import type { RealtimeState } from "../protocol/realtime/state.ts"
import type { ResponsesState } from "../protocol/responses/state.ts"

const responsesAtMost = 500
const itemsAtMost = 2_000
const idsAtMost = 100_000

/** Of ids, items and responses that are over, the oldest; nothing that is under way. */
export function forgetRealtime(state: RealtimeState): void {
  forget(state.responses, responsesAtMost, ({ phase }) => phase !== "active" && phase !== "cancelling")
  forget(state.items, itemsAtMost, ({ responseId }) => responseId === null || !state.responses.has(responseId))
  if (state.order.length > itemsAtMost) state.order.splice(0, state.order.length - itemsAtMost)
  forget(state.eventIds, idsAtMost)
  forget(state.calls, itemsAtMost)
  forget(state.cancels.ids, itemsAtMost)
}

export function forgetResponses(state: ResponsesState): void {
  const running = new Set([...state.lanes.values()].map((lane) => lane.running))
  forget(state.responses, responsesAtMost, ({ id }) => !running.has(id))
  forget(state.archive, responsesAtMost)
}

/** Maps and sets keep the order in which things came. */
function forget<V>(known: Map<string, V> | Set<string>, atMost: number, isOver: (value: V) => boolean = () => true) {
  let left = known.size - atMost
  for (const key of known.keys()) {
    if (left <= 0) return
    const value = known instanceof Map ? known.get(key) : undefined
    if (value !== undefined && !isOver(value)) continue
    known.delete(key)
    left -= 1
  }
}
