// What the app added to a reply under way. The server takes it, ends the response, and goes on with another one by itself;
// or it waits for tool outputs first; or it gives it back (PROTOCOL.md C.5, W07, W24).
import { membersOf, type ServerEvent, textOf } from "../reference/events.ts"
import type { Item } from "./context.ts"
import { errorOf, type ResponsesError } from "./errors.ts"

interface Steer {
  readonly parent: string
  readonly item: Item
  isTaken: boolean
  /** As the server calls it, once it has taken it. */
  id?: string | undefined
}

/** What was given back, and whether nothing is left that the server would go on with. */
export interface GivenBack {
  readonly error: ResponsesError
  readonly isLast: boolean
}

export class Steering {
  #steers: Steer[] = []
  /** Of the response that ended last: what the server goes on with. */
  #goesOnWith: readonly Steer[] = []

  add(parent: string, item: Item): void {
    this.#steers.push({ parent, item, isTaken: false })
  }

  /** What the server has taken for that response, whose end has come. */
  takenFor(parent: string | undefined): readonly Item[] {
    const taken = this.#steers.filter((steer) => steer.parent === parent && steer.isTaken)
    this.#steers = this.#steers.filter((steer) => !taken.includes(steer))
    this.#goesOnWith = taken
    return taken.map(({ item }) => item)
  }

  /** An answer to a steering. Returns what was given back: something that the server goes on with, or what came too late for it. */
  receive({ type, steer, error }: ServerEvent): GivenBack | undefined {
    const { id: given, previous_response_id } = membersOf(steer)
    const [id, parent] = [textOf(given), textOf(previous_response_id)]
    const own = [...this.#steers, ...this.#goesOnWith].filter((each) => each.parent === parent)
    const waiting = own.find((each) => !each.isTaken)
    if (type === "response.steer.accepted" && waiting) Object.assign(waiting, { isTaken: true, id })
    if (type !== "response.steer.failed") return undefined
    const failed = own.find((each) => each.isTaken && each.id === id) ?? waiting
    const isLast = failed !== undefined && this.#goesOnWith.includes(failed) && this.#goesOnWith.length === 1
    this.#steers = this.#steers.filter((each) => each !== failed)
    this.#goesOnWith = this.#goesOnWith.filter((each) => each !== failed)
    return { error: errorOf(error), isLast }
  }
}
