// What a client of another kind may name and the recorded one did not: an item that the server gave its id is, when it is told again, the
// one that this client has given an id of its own.
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"
import type { WholeLog } from "./sessions.ts"

/** The client's events of a connection; items that it made without an id have the one that the server gave them. */
export function namedEvents({ sent, entries }: WholeLog, connection: number): readonly WireEvent[] {
  const events = (sent.get(connection) ?? []).map(({ event }) => event)
  const told = entries.flatMap((entry) =>
    entry.connection === connection && entry.kind === "event" && entry.side === "server" ? [entry.event] : [],
  )
  const spoken = new Set(
    told.flatMap(({ type, item_id }) => (type === "input_audio_buffer.committed" ? [item_id] : [])),
  )
  const own = new Set(events.map(({ item }) => read.members(item).id))
  const given = told.flatMap(({ type, item }) => {
    const { id, role, type: kind } = read.members(item)
    const isListed = type === "conversation.item.added" || type === "conversation.item.created"
    const isOutput = role === "assistant" || kind === "function_call"
    return isListed && !isOutput && !spoken.has(id) && !own.has(id) ? [id] : []
  })
  return events.map((event) => {
    const item = read.object(event.item)
    if (event.type !== "conversation.item.create" || !item || item.id !== undefined) return event
    const id = given.shift()
    return id === undefined ? event : { ...event, item: { ...item, id } }
  })
}
