// What is new in a trace, for a fuzzer to steer by: each event in the state in which it met the client, as a number.
import type { WireEvent } from "../protocol/event.ts"
import type { Entry, Trace } from "../trace/trace.ts"

/** What a client can be in the middle of, counted no further than makes a difference. */
interface State {
  unanswered: number
  running: number
  futures: number
  connections: number
}

const atMost = (count: number, limit: number) => Math.max(0, Math.min(count, limit))

/** One number for each (state, event) and each (event, event after it). Equal traces give equal numbers, in any process. */
export function featuresOf({ entries }: Trace): Set<number> {
  const state: State = { unanswered: 0, running: 0, futures: 0, connections: 0 }
  const features = new Set<number>()
  let before = ""
  for (const entry of entries) {
    const event = nameOf(entry)
    features.add(hash(`${stateName(state)} ${event}`))
    features.add(hash(`${before} > ${event}`))
    before = event
    follow(state, entry)
  }
  return features
}

const stateName = ({ unanswered, running, futures, connections }: State) =>
  `${atMost(unanswered, 2)}${atMost(running, 2)}${atMost(futures, 3)}${atMost(connections, 1)}`

const statusOf = (event: WireEvent): string => {
  const { status } = (event.response ?? {}) as { status?: unknown }
  return typeof status === "string" ? `.${status}` : ""
}

/** What an entry is, whatever it is about. */
function nameOf(entry: Entry): string {
  const name = `${entry.lane}.${entry.kind}`
  if (entry.kind === "event") return `${name}.${entry.event.type}${statusOf(entry.event)}`
  if (entry.lane === "server") return entry.fault === undefined ? name : `${name}.${entry.fault}`
  if (entry.lane === "client") return name
  if (entry.kind === "performed") return `${name}.${entry.operation.do}`
  if (entry.kind === "settled") return `${name}.${entry.as}.${entry.error?.code ?? ""}`
  return entry.kind === "opened" ? `${name}.${entry.of}` : name
}

function follow(state: State, entry: Entry): void {
  if (entry.kind === "event") {
    const { type } = entry.event
    if (type === "response.create") state.unanswered += 1
    if (type === "response.created") state.running += 1
    if (type === "response.created" || type === "error") state.unanswered -= 1
    if (/^response\.(done|completed|failed|incomplete)$/.test(type)) state.running -= 1
  }
  if (entry.kind === "opened") state.futures += 1
  if (entry.kind === "settled") state.futures -= 1
  if (entry.kind === "accepted") state.connections += 1
  if (entry.kind === "closed" || entry.kind === "dropped") state.connections = 0
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return sum >>> 0
}
