// Session updates that an app asks for while it knows that there is no connection: a client may keep them for the next one.
import type { EntryOf } from "../trace/trace.ts"
import type { Reading } from "./reading.ts"

/**
 * Nothing is owed for such an update where no connection follows, or where the app asked for a later one before it did: the last
 * of them is what the next session begins with (PROTOCOL.md A.3). Where a connection is open or being dialled, or the
 * app was not told that it is over, an update is owed as ever.
 */
export function isKeptForNoSession({ index, operation }: EntryOf<"app", "performed">, reading: Reading): boolean {
  if (operation.do !== "update" || !isKnownToBeOffline(index, reading)) return false
  const dials = [...reading.connections.values()].flatMap(({ connects }) => (connects ? [connects.index] : []))
  const next = dials.find((dialled) => dialled > index)
  if (next === undefined) return true
  return reading.sightings.performed.some(
    (later) => later.operation.do === "update" && later.index > index && later.index < next,
  )
}

function isKnownToBeOffline(index: number, { connections, futures, sightings }: Reading): boolean {
  const isOver = [...connections.values()].every(
    ({ connects, lost, left }) =>
      (connects?.index ?? 0) > index || [lost, left].some((end) => end !== undefined && end.index < index),
  )
  if (!isOver) return false
  const asked = sightings.performed.findLast((entry) => entry.index < index && entry.operation.do === "connect")
  if (!asked) return true
  const isSince = (entry: { readonly index: number }) => entry.index > asked.index && entry.index < index
  return (
    sightings.state.some((entry) => isSince(entry) && entry.state === "disconnected") ||
    sightings.performed.some((entry) => isSince(entry) && entry.operation.do === "close") ||
    sightings.settled.some(
      (entry) => isSince(entry) && entry.as === "rejected" && futures.get(entry.future)?.opened?.of === "connect",
    )
  )
}
