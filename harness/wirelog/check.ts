// Judges a log without a client: the model of the protocol for the server, the invariants that need no app for the client.
// A log may be larger than memory: payloads are let go at once, and what is over is judged and forgotten.
import { invariants } from "../checks/all.ts"
import type { Invariant } from "../checks/invariant.ts"
import { judge } from "../checks/judge.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Entry } from "../trace/trace.ts"
import { createDresser } from "./bare.ts"
import { dialectOf, isKnownOf, protocolOf } from "./known-differences.ts"
import type { LogEntry, LogHeader, LogItem, Side } from "./log.ts"
import { lightened, toTrace } from "./log-trace.ts"
import { createRounds } from "./rounds.ts"
import { aboutRule, createWitness, type Witness } from "./speakers.ts"

export interface LogBreak {
  readonly party: Side
  /** A rule of the protocol, `client/` and an error code, or an invariant. */
  readonly rule: string
  readonly says: string
  /** `documented`, `recorded`, `issue`; for invariants as its scenarios are graded: `invariant`. */
  readonly level: string
  readonly source: string
  readonly message: string
  /** Line of the offence in the log, and of its cause where it has one. */
  readonly line: number
  readonly causeLine: number
  /** A difference that this dialect is known for: no violation. */
  readonly isKnown: boolean
  /** What was on the wire there: entries whose `at` is a line of the log. */
  readonly window: readonly Entry[]
  readonly cause: number
  readonly offence: number
}

export interface LogReport {
  readonly header: Partial<LogHeader>
  readonly protocol: "realtime" | "responses"
  readonly dialect: DialectName
  readonly connections: number
  readonly events: Readonly<Record<Side, number>>
  /** Events of which the log tells only the type. */
  readonly bare: number
  readonly breaks: readonly LogBreak[]
  /** How many of each rule there were beyond those in `breaks`. */
  readonly more: Readonly<Record<string, number>>
  readonly problems: readonly { readonly line: number; readonly message: string }[]
  readonly problemsInAll: number
  /** Invariants that were asked, and those that only a case with the app lane can answer. */
  readonly judged: readonly string[]
  readonly notJudged: readonly string[]
}

export interface CheckOptions {
  readonly dialect?: DialectName
  readonly protocol?: "realtime" | "responses"
}

/** Invariants that see all they need on the wire; the others look at futures, sightings or what the app asked for. */
export const onTheWire: ReadonlySet<string> = new Set([
  "one-active-response",
  "never-chain-on-a-failed-response",
  "incremental-context-is-complete",
  "healthy-connection-is-reused",
])

/** Entries that are looked at before protocol and dialect are settled, kept before what is over is judged, and shown. */
const firstLook = 50
const keptAtMost = 4_000
const shownAtMost = 20
const perRuleAtMost = 5

export async function checkLog(
  batches: AsyncIterable<readonly LogItem[]>,
  options: CheckOptions = {},
): Promise<LogReport> {
  let header: Partial<LogHeader> = {}
  const problems: { line: number; message: string }[] = []
  let problemsInAll = 0
  const first: LogEntry[] = []
  let judging: Judging | undefined
  for await (const items of batches)
    for (const item of items) {
      if (item.kind === "header") header = item.header
      else if (item.kind === "problem") {
        problemsInAll += 1
        if (problems.length < shownAtMost) problems.push({ line: item.line, message: item.message })
      } else if (judging) judging.take(item.entry)
      else if (first.push(item.entry) >= firstLook) judging = begin(header, first, options)
    }
  judging ??= begin(header, first, options)
  return { header, problems, problemsInAll, ...judging.end() }
}

interface Judging {
  take(entry: LogEntry): void
  end(): Omit<LogReport, "header" | "problems" | "problemsInAll">
}

function begin(header: Partial<LogHeader>, first: readonly LogEntry[], options: CheckOptions): Judging {
  const protocol = options.protocol ?? protocolOf(header, first)
  const dialect = options.dialect ?? dialectOf(header, first)
  const judging = createJudging(protocol, dialect, header.end)
  for (const entry of first) judging.take(entry)
  return judging
}

function createJudging(protocol: "realtime" | "responses", dialect: DialectName, end: LogHeader["end"]): Judging {
  const asked = invariants.filter(({ id, protocols }) => onTheWire.has(id) && protocols.includes(protocol))
  const witnesses = new Map<number, Witness>()
  const rounds = createRounds(end)
  const events = { client: 0, server: 0 }
  const breaks: LogBreak[] = []
  const more: Record<string, number> = {}
  const numbers = createNumbers()
  const dress = createDresser()
  let bare = 0
  let kept: Entry[] = []
  let lines: number[] = []

  const note = (found: LogBreak) => {
    const alike = breaks.filter(({ rule }) => rule === found.rule).length
    if (alike < perRuleAtMost && breaks.length < 10 * shownAtMost) breaks.push(found)
    else more[found.rule] = (more[found.rule] ?? 0) + 1
  }
  const witnessOf = (connection: number) => {
    const known = witnesses.get(connection) ?? createWitness(protocol, dialect)
    witnesses.set(connection, known)
    return known
  }
  const windowAround = (from: number, to: number) =>
    kept.slice(Math.max(0, from), to).map((entry, at) => ({ ...entry, index: at, at: lines[entry.index] ?? 0 }))
  const noteRule = (party: Side, rule: string, message: string, line: number) => {
    const at = kept.length - 1
    const from = Math.max(0, at - 5)
    const about = aboutRule(protocol, rule)
    note({
      party,
      rule,
      message,
      line,
      causeLine: line,
      says: about?.says ?? "a correct server refuses this",
      level: about?.level ?? "documented",
      source: about?.source ?? "B.2",
      isKnown: isKnownOf(dialect, rule),
      window: windowAround(from, at + 1),
      cause: at - from,
      offence: at - from,
    })
  }
  const judgeKept = () => {
    const trace = toTrace(kept, protocol)
    for (const { invariant, message, cause, offence } of judge(trace, asked).violations) {
      const from = Math.max(0, Math.min(cause, offence) - 1)
      note({
        party: "client",
        rule: invariant,
        message: lined(message, lines),
        line: lines[offence] ?? 0,
        causeLine: lines[cause] ?? 0,
        says: titleOf(asked, invariant),
        level: "invariant",
        source: `rtspec explain ${invariant}`,
        isKnown: false,
        window: windowAround(from, Math.max(cause, offence) + 3),
        cause: cause - from,
        offence: offence - from,
      })
    }
    kept = []
    lines = []
  }
  return {
    take(given) {
      const isOnlyType = given.kind === "event" && given.isBare === true
      const entry = isOnlyType && given.kind === "event" ? { ...given, event: dress(given.event) } : given
      const { side, line } = entry
      const connection = numbers.of(entry)
      const found = lightened({ ...entry, connection })
      if (found) {
        kept.push({ index: kept.length, at: entry.atMs ?? 0, round: rounds.of(entry), ...found })
        lines.push(line)
      }
      if (entry.kind === "event") {
        events[side] += 1
        if (isOnlyType) bare += 1
        const witness = isOnlyType ? deaf : witnessOf(connection)
        for (const { rule, message } of witness[side](entry.event)) noteRule(side, rule, message, line)
      }
      if (entry.kind === "close" || entry.kind === "drop") {
        witnesses.delete(connection)
        if (kept.length > keptAtMost) judgeKept()
      }
    },
    end() {
      judgeKept()
      return {
        protocol,
        dialect,
        connections: numbers.count(),
        events,
        bare,
        breaks: breaks.sort((one, other) => one.line - other.line),
        more,
        judged: asked.map(({ id }) => id),
        notJudged: invariants
          .filter(({ id, protocols }) => protocols.includes(protocol) && !asked.some((each) => each.id === id))
          .map(({ id }) => id),
      }
    },
  }
}

/** Logs often call every connection 1: what comes after an end, or begins with a new attempt, is another one. */
function createNumbers() {
  const current = new Map<number, number>()
  let count = 0
  return {
    count: () => count,
    of({ connection, kind, side }: LogEntry): number {
      const isNew = kind === "handshake" && side === "client"
      const known = isNew ? undefined : current.get(connection)
      const number = known ?? ++count
      if (kind === "close" || kind === "drop") current.delete(connection)
      else current.set(connection, number)
      return number
    },
  }
}

/** Of an event that tells only its type there is no saying what is wrong with it. */
const deaf: Witness = { server: () => [], client: () => [] }

const titleOf = (asked: readonly Invariant[], id: string) => asked.find((each) => each.id === id)?.title ?? ""

/** Messages of invariants speak of entries; a log has lines. */
const lined = (message: string, lines: readonly number[]) =>
  message.replace(/\bentry (\d+)/g, (_, index) => `line ${lines[Number(index)] ?? "?"}`)

/** What breaks a rule and is no known difference. */
export const violationsOf = ({ breaks }: Pick<LogReport, "breaks">, party?: Side): readonly LogBreak[] =>
  breaks.filter((each) => !each.isKnown && (party === undefined || each.party === party))
