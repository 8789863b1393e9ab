// A client that lost its connection comes back with restraint.
import type { EntryOf } from "../trace/trace.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { FutureReading, Reading } from "./reading.ts"

const connectsAtMost = 20
const withinMs = 60_000
const atOnceAtMost = 2

/**
 * The bound: at most 20 connects of the client's own in any 60 virtual seconds, and at most 2 attempts one after another
 * at the very instant of a failure. A session that was created begins the count of immediate attempts anew. Fair: connects that
 * the app asked for are not counted; gaps may shrink, since jitter is good practice; in Responses each request may dial once more,
 * for itself, and be told of its failure in that instant.
 */
export const reconnectIsBounded = invariant(
  {
    id: "reconnect-is-bounded",
    title: "After a lost or refused connection the client connects again with back-off",
    cites: ["M01", "M03", "N03", "K12"],
    why: "A thousand clients that all dial in a tight loop keep the server down, and cost their owners the rate limit.",
    protocols: ["realtime", "responses"],
  },
  (reading): Trigger[] => {
    const losses = [...reading.connections.values()].flatMap(({ lost }) => (lost ? [{ index: lost.index }] : []))
    return losses.slice(0, 1)
  },
  ({ index }, reading): Finding[] => {
    const connects = ownConnects(index, reading)
    return [...tooMany(connects, index, reading), ...tooSoon(connects, reading)].slice(0, 1)
  },
)

/** The connects after the first loss that no connect operation of the app's accounts for. */
function ownConnects(since: number, reading: Reading): EntryOf<"client", "connects">[] {
  let asked = 0
  const own: EntryOf<"client", "connects">[] = []
  for (const entry of reading.trace.entries) {
    if (entry.lane === "app" && entry.kind === "performed" && entry.operation.do === "connect") asked += 1
    if (entry.lane !== "client" || entry.kind !== "connects") continue
    if (asked > 0) asked -= 1
    else if (entry.index > since) own.push(entry)
  }
  return own
}

function tooMany(connects: readonly EntryOf<"client", "connects">[], cause: number, reading: Reading): Finding[] {
  const offence = connects.find((entry, at) => {
    const first = connects[at - connectsAtMost - askedBefore(entry, reading)]
    return first !== undefined && entry.at - first.at < withinMs
  })
  if (!offence) return []
  const message = `The client may connect ${connectsAtMost} times within ${withinMs / 1000} s after a lost connection; it connected more often.`
  return [{ message, cause, offence: offence.index }]
}

/** Requests of the last minute: where each has a connection of its own, an app that asks so often dials so often. */
function askedBefore({ index, at }: EntryOf<"client", "connects">, { trace, requests }: Reading): number {
  if (trace.header.protocol !== "responses") return 0
  return requests.filter(({ performed }) => performed.index < index && at - performed.at < withinMs).length
}

function tooSoon(connects: readonly EntryOf<"client", "connects">[], reading: Reading): Finding[] {
  let atOnce = 0
  for (const entry of connects) {
    const before = reading.connections.get(entry.connection - 1)
    const lost = before?.lost && before.lost.index < entry.index ? before.lost : undefined
    const isAtOnce = lost?.at === entry.at
    atOnce = isAtOnce ? (before?.session === undefined ? atOnce + 1 : 1) : 0
    const atMost = Math.max(atOnceAtMost, dialsOfRequests(entry, reading))
    if (!lost || atOnce <= atMost) continue
    const message = `After ${atMost} immediate attempts the client must wait before it connects again; it tried once more in the same instant.`
    return [{ message, cause: lost.index, offence: entry.index }]
  }
  return []
}

/** Requests that wait, or that have been rejected in that instant. */
function dialsOfRequests({ index, at }: EntryOf<"client", "connects">, { trace, requests }: Reading): number {
  if (trace.header.protocol !== "responses") return 0
  const mayDial = ({ opened, settled: [end] }: FutureReading) =>
    opened !== undefined &&
    opened.index < index &&
    !(end && end.index < index && (end.as === "resolved" || end.at < at))
  return requests.filter(({ futures }) => futures.some(mayDial)).length
}
