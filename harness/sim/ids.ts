// Ids that count: the same story gives the same ids.

export interface Ids<Kind extends string = string> {
  /** `event_1`, `event_2`, … each kind counts for itself. */
  next(kind: Kind): string
}

export function createIds<Kind extends string = string>(): Ids<Kind> {
  const counts = new Map<Kind, number>()
  return {
    next(kind) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return `${kind}_${count}`
    },
  }
}
