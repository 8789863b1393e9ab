// After close() nothing is left and nothing happens; a connection that is over is over.

import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { Reading } from "./reading.ts"

interface Close extends Trigger {
  /** The entry at which the app asks to connect again, or the last one. */
  readonly until: number
}
interface Over extends Trigger {
  readonly connection: number
}

/**
 * Fair: what happens before the round of the close is over, or before its future settles, is still part of closing; an app that
 * asks to connect again, or for a reply, if the client does not refuse it, has ended it; and when what lay on a silent line was
 * written, nobody knows (PROTOCOL.md M04).
 */
export const closeIsClean = invariant(
  {
    id: "close-is-clean",
    title: "Close leaves no socket, timer or listener, and late frames of an old connection are ignored",
    cites: ["N09", "C14", "M02"],
    why: "A process that cannot exit, a timer that fires into nothing, or an old session that speaks into the new one.",
    protocols: ["realtime", "responses"],
  },
  (reading): (Close | Over)[] => {
    const old = [...reading.connections.values()].flatMap(({ number, lost, left }) => {
      const end = !lost || (left && left.index < lost.index) ? left : lost
      return end ? [{ index: end.index, connection: number }] : []
    })
    return [...closings(reading), ...old]
  },
  (over, reading): Finding[] =>
    "connection" in over
      ? lateFrames(over.index, over.connection, reading)
      : [...leftBehind(over, reading), ...activity(over, reading)],
)

/** Where the app closes the client: at first, and after each time that it connects it again. */
function closings(reading: Reading): Close[] {
  const first = find.closing(reading)
  if (!first) return []
  const found: { index: number; until: number }[] = [{ index: first.index, until: reading.last }]
  for (const { index, operation } of reading.sightings.performed) {
    const last = found.at(-1)
    if (!last || index <= last.index) continue
    if (operation.do === "connect" || isTakenOn(index, reading)) last.until = Math.min(last.until, index)
    if (operation.do === "close" && last.until < index) found.push({ index, until: reading.last })
  }
  return found
}

/** A request that the client did not refuse. */
const isTakenOn = (index: number, { requests }: Reading): boolean =>
  requests.some(({ performed, refused }) => performed.index === index && !refused)

function leftBehind({ index: cause, until }: Close, reading: Reading): Finding[] {
  return reading.sightings["left-behind"].flatMap(({ index, sockets, timers, listeners }) => {
    if (until < index) return []
    const counts = Object.entries({ sockets, timers, listeners }).filter(([, count]) => count > 0)
    if (counts.length === 0) return []
    const what = counts.map(([name, count]) => `${count} ${count === 1 ? name.slice(0, -1) : name}`).join(", ")
    return [{ message: `Close must leave nothing behind; at the end there was still ${what}.`, cause, offence: index }]
  })
}

function activity({ index: cause, until }: Close, reading: Reading): Finding[] {
  const round = reading.trace.entries[cause]?.round ?? 0
  const closed = [...reading.futures.values()].find(({ opened }) => opened?.of === "close" && opened.index > cause)
  const settled = closed ? (closed.settled[0]?.index ?? reading.last) : cause
  const late = reading.trace.entries.find(
    (entry) => entry.index > settled && entry.index <= until && entry.round > round && isActivity(entry, reading),
  )
  if (!late) return []
  return [{ message: `After close the client must be still; it ${describe(late)}.`, cause, offence: late.index }]
}

function isActivity(entry: Entry, reading: Reading): boolean {
  if (entry.lane === "client") {
    if (entry.kind === "connects") return true
    return (entry.kind === "event" || entry.kind === "text") && !find.isOnDeadLine({ ...entry, entry }, reading)
  }
  return entry.lane === "app" && entry.kind === "heard"
}

function describe(entry: Entry): string {
  if (entry.lane === "client" && entry.kind === "event") return `sent ${entry.event.type}`
  if (entry.lane === "client") return entry.kind === "connects" ? "connected again" : "sent text that is no event"
  return "delivered output to the app"
}

/** Output that came over a connection after its end, and still reached the app. */
function lateFrames(cause: number, connection: number, reading: Reading): Finding[] {
  const round = reading.trace.entries[cause]?.round ?? 0
  for (const frame of reading.delivered) {
    if (frame.connection !== connection || frame.index < cause || frame.round === round) continue
    const heard = reading.sightings.heard.find((entry) => entry.index > frame.index && isOf(entry, frame, reading))
    if (!heard) continue
    const message = `Connection ${connection} was over; ${frame.event.type} that came over it later must not reach the app, but its output was delivered.`
    return [{ message, cause: frame.index, offence: heard.index }]
  }
  return []
}

type Frame = EntryOf<"server", "event">

function isOf(heard: EntryOf<"app", "heard">, { event, index, connection }: Frame, { responses }: Reading): boolean {
  const bearer = responses.find(({ signs, connection: its }) => its === connection && signs.includes(index))
  const id = event.response_id ?? member.members(event.response).id ?? bearer?.id
  return heard.pieces.some(({ label }) => `resp_${label}` === id)
}
