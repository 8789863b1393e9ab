// Relations: properties between two traces. Faults that a correct server and network may show are invisible: with and
// without them, the app sees the same.
import type { Entry, Trace } from "../trace/trace.ts"
import type { Violation } from "./invariant.ts"

export const invisibleFaults = {
  id: "lawful-faults-are-invisible",
  title: "What a correct server and network may do to frames makes no difference to the app",
} as const

/** Faults that move nothing in time and order, and take nothing away. Under a delay a time-out may rightly fire; of two events in
 * one chunk a client may answer the first later; and an error without event_id may leave open whom it refuses (PROTOCOL.md B.2),
 * as where a commit met it: nobody can then be told. */
const invisible = new Set(["split-frame", "unknown-event", "extra-field", "huge-frame", "null-previous-item"])

export const areInvisible = (faults: readonly { readonly fault: string }[]): boolean =>
  faults.length > 0 && faults.every(({ fault }) => invisible.has(fault))

/** What the app saw, without when: how each request's futures ended, what was heard of each response, which tools ran and what
 * went wrong, in order for each of these. */
export function sightingsOf({ entries }: Trace): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, string[]>()
  const add = (what: string, how: string) => {
    const list = seen.get(what)
    if (list) list.push(how)
    else seen.set(what, [how])
  }
  const futures = new Map<string, string>()
  for (const entry of entries) if (entry.lane === "app") note(entry, futures, add)
  return seen
}

function note(
  entry: Extract<Entry, { lane: "app" }>,
  futures: Map<string, string>,
  add: (a: string, b: string) => void,
) {
  switch (entry.kind) {
    case "opened":
      futures.set(entry.future, `the ${entry.of} future of ${entry.request ?? entry.response ?? "nothing"}`)
      return
    case "settled":
      return add(futures.get(entry.future) ?? "a future", `${entry.as} ${entry.error?.code ?? ""}`.trim())
    case "heard":
      for (const { label, from, to } of entry.pieces) add(`the ${entry.what} of ${label}`, `${from}–${to}`)
      return
    case "tool-started":
      return add(`the tool ${entry.tool}`, `ran with ${entry.args}`)
    case "turn":
      return add(`the turn ${entry.response ?? ""}`, `${entry.is} ${entry.status ?? ""}`.trim())
    case "error":
      return add("errors", entry.error.code ?? entry.error.name)
    case "crash":
      return add("crashes", entry.how)
    default:
      return
  }
}

/** The first thing that the app saw in another way under the faults; the entries are those of the faulted trace. */
export function unlikeCalm(calm: Trace, faulted: Trace): Violation | undefined {
  const [before, now] = [sightingsOf(calm), sightingsOf(faulted)]
  for (const what of new Set([...before.keys(), ...now.keys()])) {
    const how = difference(before.get(what) ?? [], now.get(what) ?? [])
    if (how === undefined) continue
    const fault = faulted.entries.find((entry) => entry.lane === "server" && entry.fault !== undefined)
    const [cause, offence] = [fault?.index ?? 0, Math.max(0, faulted.entries.length - 1)]
    return { invariant: invisibleFaults.id, message: `Of ${what} the app saw ${how}.`, cause, offence }
  }
  return undefined
}

/** In words, of that alone which differs: the rest would be another's in every story. */
function difference(before: readonly string[], now: readonly string[]): string | undefined {
  if (before.length === now.length && before.every((each, at) => each === now[at])) return undefined
  const [lost, added] = [without(before, now), without(now, before)]
  if (lost.length + added.length === 0)
    return `without the faults: ${told(before)}; with them, in another order: ${told(now)}`
  return `only without the faults: ${told(lost)}; only with them: ${told(added)}`
}

const told = (seen: readonly string[]) => (seen.length > 0 ? seen.join(", ") : "nothing")

/** What is left of a list when each of the others has taken its like out of it. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return list.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
