// session.update: no acknowledgement names its update, so they are told apart by their order (PROTOCOL.md N02). One that was
// given up keeps its place in the line, or its acknowledgement would be taken for the next one's.

import { RealtimeError } from "./errors.ts"
import type { ServerError } from "./events.ts"
import { createFuture, type Future } from "./future.ts"

const timeoutMs = 10_000

interface Update {
  readonly id: string
  readonly future: Future<void>
  readonly timer: ReturnType<typeof setTimeout>
}

export class Updates {
  #line: Update[] = []

  get waiting(): number {
    return this.#line.length
  }

  add(id: string): Promise<void> {
    const future = createFuture<void>()
    const late = () => future.reject(new RealtimeError("timeout", "the server did not acknowledge the update in time"))
    this.#line.push({ id, future, timer: setTimeout(late, timeoutMs) })
    return future.promise
  }

  acknowledged(): void {
    const update = this.#line.shift()
    clearTimeout(update?.timer)
    update?.future.resolve()
  }

  /** Whether the error was about one of them. */
  refused({ event_id, code, message }: ServerError): boolean {
    const update = this.#line.find(({ id }) => id === event_id)
    if (!update) return false
    this.#line = this.#line.filter((each) => each !== update)
    clearTimeout(update.timer)
    update.future.reject(new RealtimeError(code ?? "error", message))
    return true
  }

  end(why: () => RealtimeError): void {
    for (const { timer, future } of this.#line) {
      clearTimeout(timer)
      future.reject(why())
    }
    this.#line = []
  }
}
