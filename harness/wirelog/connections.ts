// The connections of a log while it is read: who is meant by an entry's number, and what is known of each.
import type { Invariant } from "../checks/invariant.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import { createLately, type Found, type Lately } from "./lately.ts"
import type { LogEntry, LogHeader } from "./log.ts"
import { createQuiet, type Quiet } from "./quiet.ts"
import { createRounds, type Rounds } from "./rounds.ts"
import { createWitness, type Witness } from "./speakers.ts"

export interface Connection {
  /** From 1, in the order in which they were made. */
  readonly number: number
  readonly witness: Witness
  readonly rounds: Rounds
  readonly lately: Lately
  readonly quiet: Quiet
}

export interface Connections {
  /** The connection of an entry; call it in order. */
  of(entry: LogEntry): Connection
  /** To be called after each entry: judges what is over. */
  after(entry: LogEntry, connection: Connection): readonly Found[]
  end(): readonly Found[]
  readonly count: number
}

export interface ConnectionOptions {
  readonly protocol: "realtime" | "responses"
  readonly dialect: DialectName
  readonly end: LogHeader["end"]
  readonly asked: readonly Invariant[]
}

/** So many entries of a connection are judged together as soon as nothing is under way on it; or, at the most, whatever is. */
const judgedFrom = 500
const keptAtMost = 8_000
const nothing: readonly Found[] = []

export function createConnections({ protocol, dialect, end, asked }: ConnectionOptions): Connections {
  const current = new Map<number, Connection>()
  /** What Responses owes goes beyond a connection: they are judged together. */
  const together = createLately(protocol, asked)
  const isTogether = protocol === "responses"
  let count = 0
  const open = (): Connection => ({
    number: ++count,
    witness: createWitness(protocol, dialect),
    rounds: createRounds(end),
    lately: isTogether ? together : createLately(protocol, asked),
    quiet: createQuiet(),
  })
  let left: Found[] = []
  return {
    /** Logs often call every connection 1: what comes after an end, or begins with a new attempt, is another one. */
    of({ connection, kind, side }) {
      const known = current.get(connection)
      if (known && !(kind === "handshake" && side === "client")) return known
      if (known && !isTogether) left = [...left, ...known.lately.judge()]
      const made = open()
      current.set(connection, made)
      return made
    },
    after(entry, { lately, quiet }) {
      quiet.take(entry)
      const isEnd = entry.kind === "close" || entry.kind === "drop"
      if (isEnd) current.delete(entry.connection)
      const isDue = isTogether
        ? isEnd && lately.size >= judgedFrom
        : isEnd || (lately.size >= judgedFrom && quiet.isQuiet)
      const found = isDue || lately.size >= keptAtMost ? lately.judge() : nothing
      if (left.length === 0) return found
      const all = [...left, ...found]
      left = []
      return all
    },
    end: () => (isTogether ? together.judge() : [...current.values()].flatMap(({ lately }) => lately.judge())),
    get count() {
      return count
    },
  }
}
