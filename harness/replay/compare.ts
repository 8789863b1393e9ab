// What was played again beside what was recorded: the client's lane, connection by connection, with ids bound as a bijection and
// audio as runs of bytes. The server's lane is the same by construction.
import type { WireEvent } from "../protocol/event.ts"
import { type Bijection, createBijection, differenceOf } from "../trace/bijection.ts"
import type { Entry } from "../trace/trace.ts"
import { audioBytes } from "../wirelog/revive.ts"
import { type Activity, createActivity } from "./activity.ts"
import { isAppend, type WholeLog } from "./sessions.ts"

export interface Divergence {
  /** Of the log: the recorded event that was not repeated, or the last one before what was not recorded. */
  readonly line: number
  readonly connection: number
  readonly recorded: WireEvent | undefined
  readonly played: WireEvent | undefined
  /** The member that differs, or what else does. */
  readonly where: string
  /** The trace's entry, where there is one. */
  readonly index: number | undefined
}

interface Played {
  readonly index: number
  readonly event: WireEvent
  readonly audioBytes: number
  readonly isBusy: boolean
}

/** The first difference by its line in the log; undefined: the same. `entries` is the story's part of the trace. */
export function compare(log: WholeLog, entries: readonly Entry[]): Divergence | undefined {
  const lanes = playedLanes(entries, log.uncounted)
  const ids = createBijection()
  const found = [...log.sent.keys()].flatMap((key, at) => {
    const first = divergenceOf(log, key, lanes.get(at + 1) ?? [], ids)
    return first ? [first] : []
  })
  return found.sort((one, other) => one.line - other.line)[0]
}

function divergenceOf(log: WholeLog, connection: number, played: readonly Played[], ids: Bijection) {
  const recorded = log.sent.get(connection) ?? []
  for (let at = 0; at < Math.max(recorded.length, played.length); at++) {
    const [then, now] = [recorded[at], played[at]]
    const where = differs(then, now, ids, log.isOfAnother)
    if (where === undefined) continue
    const line = then?.line ?? lastLine(log, connection)
    return { line, connection, recorded: then?.event, played: now?.event, where, index: now?.index }
  }
  return undefined
}

function differs(
  then: Omit<Played, "index"> | undefined,
  now: Played | undefined,
  ids: Bijection,
  isOfAnother: boolean,
): string | undefined {
  if (!then) return "nothing more was recorded from the client"
  if (!now) return "the client sent nothing more"
  if (then.event.type !== now.event.type) return "another event"
  if (then.audioBytes !== now.audioBytes)
    return `${now.audioBytes.toLocaleString("en-US")} bytes of audio before it, not ${then.audioBytes.toLocaleString("en-US")}`
  if (then.event.type === "response.create" && now.isBusy && !then.isBusy)
    return "it was sent while a response was active; when it was recorded, none was"
  // What the session is made of is the app's to say, and an adapter has an app of its own.
  if (then.event.type === "session.update") return differenceOf(nameOnly(then.event), nameOnly(now.event), ids)
  return isOfAnother
    ? differenceOf(meaningOf(then.event), meaningOf(now.event), ids)
    : differenceOf(then.event, now.event, ids)
}

/** What libraries call things, and what they add for themselves. */
const ownWays = new Set(["event_id", "id", "metadata", "object", "status", "previous_item_id"])

/** What is said, without how a library says it; nothing is left of members that hold nothing else. */
function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf)
  if (value === null) return undefined
  if (typeof value !== "object") return value
  const members = Object.entries(value).flatMap(([name, each]) => {
    const meaning = ownWays.has(name) ? undefined : meaningOf(each)
    return meaning === undefined ? [] : [[name, meaning] as const]
  })
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

const nameOnly = ({ type, event_id }: WireEvent) => ({ type, event_id })

const lastLine = ({ entries }: WholeLog, connection: number) =>
  entries.findLast((entry) => entry.connection === connection)?.line ?? 0

function playedLanes(entries: readonly Entry[], uncounted: ReadonlySet<string>): Map<number, Played[]> {
  const lanes = new Map<number, Played[]>()
  const audio = new Map<number, number>()
  const activities = new Map<number, Activity>()
  for (const entry of entries) {
    if (entry.lane === "app" || entry.kind !== "event") continue
    const { connection, event, index } = entry
    const activity = activities.get(connection) ?? createActivity()
    activities.set(connection, activity)
    if (entry.lane === "server") {
      activity.take(event)
      continue
    }
    const bytes = audio.get(connection) ?? 0
    if (isAppend(event)) audio.set(connection, bytes + audioBytes(event.audio))
    else if (!uncounted.has(event.type))
      lanes.set(connection, [
        ...(lanes.get(connection) ?? []),
        { index, event, audioBytes: bytes, isBusy: activity.isBusy },
      ])
  }
  return lanes
}
