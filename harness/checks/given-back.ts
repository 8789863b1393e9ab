// Steering that the server gave back (PROTOCOL.md C.4, C.5): words that were added to a reply, and that nobody has heard.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import type { Reading } from "./reading.ts"

type Told = EntryOf<"server", "event">

/** Each time that a steering of the client's was given back: what is told again is not, nor what the app has given up, nor what was
 * added to a response that failed, which says it all. */
export function givenBack(reading: Reading): { readonly index: number; readonly what: string }[] {
  const found: Told[] = []
  for (const told of reading.delivered) {
    if (told.event.type !== "response.steer.failed") continue
    const before = found.filter((each) => each.connection === told.connection && parentOf(each) === parentOf(told))
    const steer = steersOf(told, reading)[before.length]
    const isNews = !before.some(({ event }) => JSON.stringify(event) === JSON.stringify(told.event))
    if (steer && isNews && !hasFailed(told, reading) && !isGivenUp(steer, told, reading)) found.push(told)
  }
  return found.map((told) => ({
    index: told.index,
    what: `the server gave back what was added to response ${parentOf(told)}`,
  }))
}

const parentOf = ({ event }: Told): unknown => member.members(event.steer).previous_response_id

const hasFailed = (told: Told, { responses }: Reading): boolean =>
  responses.some(
    ({ id, status, done }) =>
      id === parentOf(told) && status === "failed" && done !== undefined && done.index < told.index,
  )

/** What had been sent for that response over that connection. */
const steersOf = (told: Told, { sent }: Reading) =>
  sent.filter(
    ({ event, connection, index }) =>
      event.type === "response.steer" &&
      connection === told.connection &&
      index < told.index &&
      event.previous_response_id === parentOf(told),
  )

/** The app had cancelled what it steered, or was told that it failed: it did not wait for the words either. */
function isGivenUp({ index }: EntryOf<"client", "event">, told: Told, { sightings, requests }: Reading): boolean {
  const added = sightings.performed.findLast(({ operation, index: at }) => operation.do === "steer" && at < index)
  const of = added?.operation.do === "steer" ? added.operation.of : undefined
  const isMeanwhile = ({ index: at }: Entry) => index < at && at < told.index
  const futures = requests.flatMap((request) => (request.name === of ? request.futures : []))
  return (
    sightings.performed.some(
      (entry) =>
        entry.operation.do === "cancel" &&
        isMeanwhile(entry) &&
        (entry.operation.request === undefined || entry.operation.request === of),
    ) || futures.some(({ settled: [end] }) => end?.as === "rejected" && isMeanwhile(end))
  )
}
