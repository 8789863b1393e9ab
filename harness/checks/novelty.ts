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
  let before = 0
  for (const entry of entries) {
    const event = numberOf(nameOf(entry))
    features.add(pair(stateNumber(state), event))
    features.add(pair(before, event))
    before = event
    follow(state, entry)
  }
  return features
}

/** From 1: what no name's number is, as good as surely. */
const stateNumber = ({ unanswered, running, futures, connections }: State) =>
  1 + atMost(unanswered, 2) + 3 * (atMost(running, 2) + 3 * (atMost(futures, 3) + 4 * atMost(connections, 1)))

/** The names are few, and each comes hundreds of times in a second. */
const numbers = new Map<string, number>()

function numberOf(name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  const number = hash(name)
  numbers.set(name, number)
  return number
}

/** Of two numbers one, which their order makes another. */
const pair = (one: number, other: number): number => (Math.imul(one, 0x01000193) ^ Math.imul(other, 0x9e3779b1)) | 0

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

const ends = new Set(["response.done", "response.completed", "response.failed", "response.incomplete"])

function follow(state: State, entry: Entry): void {
  if (entry.kind === "event") {
    const { type } = entry.event
    if (type === "response.create") state.unanswered += 1
    if (type === "response.created") state.running += 1
    if (type === "response.created" || type === "error") state.unanswered -= 1
    if (ends.has(type)) state.running -= 1
  }
  if (entry.kind === "opened") state.futures += 1
  if (entry.kind === "settled") state.futures -= 1
  if (entry.kind === "accepted") state.connections += 1
  if (entry.kind === "closed" || entry.kind === "dropped") state.connections = 0
}

/** FNV-1a, 32 bits with a sign: what the engine keeps without a box. */
export function hash(text: string): number {
  let sum = 0x811c9dc5 | 0
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return sum
}
