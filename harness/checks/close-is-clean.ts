// After close() nothing is left and nothing happens; a connection that is over is over.

import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { Reading } from "./reading.ts"

interface Over extends Trigger {
  readonly connection?: number
}

/** Fair: what happens before the round of the close is over, or before its future settles, is still part of closing. */
export const closeIsClean = invariant(
  {
    id: "close-is-clean",
    title: "Close leaves no socket, timer or listener, and late frames of an old connection are ignored",
    cites: ["N09", "C14", "M02"],
    why: "A process that cannot exit, a timer that fires into nothing, or an old session that speaks into the new one.",
    protocols: ["realtime", "responses"],
  },
  (reading): Over[] => {
    const closing = find.closing(reading)
    const old = [...reading.connections.values()].flatMap(({ number, lost, left }) => {
      const end = !lost || (left && left.index < lost.index) ? left : lost
      return end ? [{ index: end.index, connection: number }] : []
    })
    return closing ? [{ index: closing.index }, ...old] : old
  },
  ({ index, connection }, reading): Finding[] =>
    connection === undefined
      ? [...leftBehind(index, reading), ...activity(index, reading)]
      : lateFrames(index, connection, reading),
)

function leftBehind(cause: number, reading: Reading): Finding[] {
  return reading.sightings["left-behind"].flatMap(({ index, sockets, timers, listeners }) => {
    const counts = Object.entries({ sockets, timers, listeners }).filter(([, count]) => count > 0)
    if (counts.length === 0) return []
    const what = counts.map(([name, count]) => `${count} ${count === 1 ? name.slice(0, -1) : name}`).join(", ")
    return [{ message: `Close must leave nothing behind; at the end there was still ${what}.`, cause, offence: index }]
  })
}

function activity(cause: number, reading: Reading): Finding[] {
  const round = reading.trace.entries[cause]?.round ?? 0
  const closes = [...reading.futures.values()].filter(({ opened }) => opened?.of === "close" && opened.index > cause)
  const settled = Math.max(cause, ...closes.map(({ settled: [end] }) => end?.index ?? reading.last))
  const late = reading.trace.entries.find((entry) => entry.index > settled && entry.round > round && isActivity(entry))
  if (!late) return []
  return [{ message: `After close the client must be still; it ${describe(late)}.`, cause, offence: late.index }]
}

function isActivity(entry: Entry): boolean {
  if (entry.lane === "client") return entry.kind === "event" || entry.kind === "text" || entry.kind === "connects"
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
