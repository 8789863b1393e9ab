// Where ids come from: outside. The model itself has no chance and no clock.

export interface Ids {
  /** A fresh id of a kind, such as `event_1`, `resp_1`, `item_1`. Never the same twice in a connection. */
  next(kind: "event" | "resp" | "item" | "sess" | "conv" | "call" | "steer"): string
}

/** Ids counted by kind from 1. */
export function countingIds(): Ids {
  const counts = new Map<string, number>()
  return {
    next(kind) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return `${kind}_${count}`
    },
  }
}
