// Responses: connections that a client gave up over a frame that is no event. What such a connection brings afterwards is read
// by nobody: it answers nothing, and whatever was asked there is the client's to ask again or to fail.
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { patienceMs } from "./patience.ts"
import type { ConnectionReading, Reading } from "./reading.ts"

/**
 * Where the app was told of such a frame (PROTOCOL.md M05, M07), by an error or a rejection: in its round or, where it lay on
 * an idle connection, in that of the next create there. The wire has to bear out that the connection was given up then:
 * nothing goes over it in a later round, nothing that it brings reaches the app, what was asked there is not waited for ten
 * seconds more, and the client closes it no later than with its next create, and before the app closes; unless it was lost
 * before. Who tells of such a frame and stays on the line has not given it up.
 */
export function givenUp(number: number, reading: Reading): Entry | undefined {
  const connection = reading.connections.get(number)
  if (reading.trace.header.protocol !== "responses" || !connection) return undefined
  for (const frame of connection.unreadable) {
    const told = toldOf(frame, reading)
    if (told && isBorneOut(connection, told, reading)) return told
  }
  return undefined
}

/** Said on a connection that had been given up. */
export function isUnread({ connection, index }: Extract<Entry, { lane: "server" }>, reading: Reading): boolean {
  const told = givenUp(connection, reading)
  return told !== undefined && told.index < index
}

function toldOf(frame: EntryOf<"server", "text" | "binary">, { sightings, creates }: Reading): Entry | undefined {
  const next = creates.find(({ entry, connection }) => connection === frame.connection && entry.index > frame.index)
  const signs: Entry[] = [...sightings.error, ...sightings.settled.filter(({ as }) => as === "rejected")]
  const inRound = (round: number | undefined) => signs.find((sign) => sign.round === round && sign.index > frame.index)
  return inRound(frame.round) ?? inRound(next?.entry.round)
}

function isBorneOut({ number, left, lost }: ConnectionReading, told: Entry, reading: Reading): boolean {
  const isUsed = reading.sent.some(({ connection, round }) => connection === number && round > told.round)
  if (isUsed || isReadAfter(told, number, reading)) return false
  const next = reading.creates.find(({ entry }) => entry.round > told.round)?.entry
  if (isWaitedOn(number, told, next, reading)) return false
  if (lost && !(next && next.round < lost.round)) return true
  const closing = find.closing(reading)?.index ?? Number.POSITIVE_INFINITY
  return left !== undefined && left.index < closing && !(next && next.round < left.round)
}

/** What was asked there settled only long afterwards, and nothing was asked again meanwhile. */
function isWaitedOn(number: number, told: Entry, next: Entry | undefined, { creates }: Reading): boolean {
  const isLong = (entry: Entry | undefined) => entry !== undefined && entry.at - told.at > patienceMs
  if (next && !isLong(next)) return false
  const asked = creates.filter(({ connection }) => connection === number)
  return asked.some(({ request }) => request?.futures.some(({ settled: [first] }) => isLong(first)))
}

/** Something that the connection brought afterwards shows in what the app sees at once. */
function isReadAfter(told: Entry, number: number, { trace }: Reading): boolean {
  let brought: Entry | undefined
  return trace.entries.slice(told.index + 1).some((entry) => {
    if (entry.lane === "server") brought = entry.connection === number ? entry : brought
    else if (entry.kind === "performed") brought = undefined
    else if (entry.lane === "app" && entry.round === brought?.round) return shows.has(entry.kind)
    return false
  })
}

const shows: ReadonlySet<string> = new Set(["heard", "settled", "turn", "tool-started", "error"])
