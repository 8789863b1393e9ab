// The client's connections. A request takes the one that remembers most of its context among those that are free, an open one
// before one that is still dialled, and a new one where none is; a connection stays for the next request whatever became of the last, unless it is lost.
import type { Item } from "./context.ts"
import type { ResponsesError } from "./errors.ts"
import { type LaneName, Line, type LineOptions } from "./line.ts"

export class Pool {
  readonly #options: Omit<LineOptions, "over">
  readonly #lines = new Set<Line>()

  constructor(options: Omit<LineOptions, "over">) {
    this.#options = options
  }

  /** Settles when there is an open connection. */
  async ready(): Promise<void> {
    const [first = this.#dial()] = this.#lines
    await first.opened
  }

  take(name: LaneName, context: readonly Item[]): Line {
    for (const line of [...this.#lines]) line.checkAge()
    const free = [...this.#lines]
      .filter((line) => line.isFreeFor(name))
      .sort((one, other) => Number(other.isOpen) - Number(one.isOpen))
    const remembered = free.map((line) => line.remembers(name, context))
    return free[remembered.indexOf(Math.max(...remembered))] ?? this.#dial()
  }

  /** Ends everything, and resolves when all sockets are gone. */
  async close(why: ResponsesError): Promise<void> {
    await Promise.all([...this.#lines].map((line) => line.close(why)))
  }

  #dial(): Line {
    const line: Line = new Line({ ...this.#options, over: () => this.#lines.delete(line) })
    this.#lines.add(line)
    return line
  }
}
