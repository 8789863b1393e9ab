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

export class Steering {
  #steers: Steer[] = []

  add(parent: string, item: Item): void {
    this.#steers.push({ parent, item, isTaken: false })
  }

  /** What the server has taken for that response, whose end has come. */
  takenFor(parent: string | undefined): readonly Item[] {
    const taken = this.#steers.filter((steer) => steer.parent === parent && steer.isTaken)
    this.#steers = this.#steers.filter((steer) => !taken.includes(steer))
    return taken.map(({ item }) => item)
  }

  /** An answer to a steering. Returns the error with which it was given back. */
  receive({ type, steer, error }: ServerEvent): ResponsesError | undefined {
    const { id, previous_response_id } = membersOf(steer)
    const parent = textOf(previous_response_id)
    const own = this.#steers.filter((each) => each.parent === parent)
    const waiting = own.find((each) => !each.isTaken)
    if (type === "response.steer.accepted" && waiting) Object.assign(waiting, { isTaken: true, id: textOf(id) })
    if (type !== "response.steer.failed") return undefined
    const taken = own.find((each) => each.isTaken && each.id === textOf(id))
    this.#steers = this.#steers.filter((each) => each !== (taken ?? waiting))
    return errorOf(error)
  }
}
