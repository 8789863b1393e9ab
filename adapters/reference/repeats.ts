// Remembers the last thousand event_ids of a connection, so that an event delivered twice does nothing twice (S09).
const remembered = 1_000

export class Repeats {
  readonly #seen = new Set<string>()

  /** Whether this event_id came before. Events without one are never repeats. */
  has(event_id: unknown): boolean {
    if (typeof event_id !== "string") return false
    if (this.#seen.has(event_id)) return true
    this.#seen.add(event_id)
    const [oldest] = this.#seen
    if (this.#seen.size > remembered && oldest !== undefined) this.#seen.delete(oldest)
    return false
  }
}
