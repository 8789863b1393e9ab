// How messages name things, so that one thing reads the same in every failure.
import type { Entry } from "../trace/trace.ts"
import type { ConnectionReading, CreateReading, FutureReading } from "./reading.ts"

export const nameOf = {
  /** `reply future of "greeting"`, or `stream future "f3"` where the future belongs to no request. */
  future({ id, opened }: FutureReading): string {
    const kind = opened ? `${opened.of} future` : "future"
    return opened?.request === undefined ? `${kind} "${id}"` : `${kind} of "${opened.request}"`
  },
  create({ event_id, entry, request }: CreateReading): string {
    const name = event_id === undefined ? `the response.create of entry ${entry.index}` : `response.create ${event_id}`
    return request ? `${name} (for ${request.operation.do} "${request.name}")` : name
  },
  loss({ number, lost }: ConnectionReading): string {
    if (lost?.kind === "closed") return `the server closed connection ${number} with ${lost.code}`
    if (lost?.kind === "refused") return `the server refused connection ${number} with status ${lost.status}`
    return `connection ${number} was dropped`
  },
}

/** `4,000 ms`, between two entries. */
export const between = (from: Entry | undefined, to: Entry | undefined): string =>
  `${((to?.at ?? 0) - (from?.at ?? 0)).toLocaleString("en-US")} ms`
