// Judges a log without a client: the model of the protocol for the server, the invariants that need no app for the client.
// A log may be larger than memory: payloads are let go at once, and what is over is judged and forgotten.
import { invariants } from "../checks/all.ts"
import type { Invariant } from "../checks/invariant.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Entry } from "../trace/trace.ts"
import { createDresser } from "./bare.ts"
import { createConnections } from "./connections.ts"
import { dialectOf, isKnownOf, protocolOf } from "./known-differences.ts"
import type { Found, LogWindow } from "./lately.ts"
import type { LogEntry, LogHeader, LogItem, Side } from "./log.ts"
import { redact, redactText, redactUrl } from "./redact.ts"
import { aboutRule, type Break } from "./speakers.ts"

export interface LogBreak extends LogWindow {
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

/** Entries that are looked at before protocol and dialect are settled, and what is shown at most. */
const firstLook = 50
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
      if (item.kind === "entry") {
        if (judging) judging.take(item.entry)
        else if (first.push(item.entry) >= firstLook) judging = begin(header, first, options)
      } else if (item.kind === "header") header = item.header
      else {
        problemsInAll += 1
        if (problems.length < shownAtMost) problems.push({ line: item.line, message: item.message })
      }
    }
  judging ??= begin(header, first, options)
  const { breaks, ...rest } = judging.end()
  return { header: redactedHeader(header), problems, problemsInAll, ...rest, breaks: breaks.map(redactedBreak) }
}

const redactedHeader = ({ endpoint, ...rest }: Partial<LogHeader>): Partial<LogHeader> =>
  endpoint === undefined ? rest : { ...rest, endpoint: redactUrl(endpoint) }

/** What is told of a log is told to whoever reads the report: never a secret, though the log may hold some. */
const redactedBreak = (found: LogBreak): LogBreak => ({
  ...found,
  message: redactText(found.message),
  window: found.window.map((entry) => redact(entry) as Entry),
})

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
  const connections = createConnections({ protocol, dialect, end, asked })
  const notes = createNotes(protocol, dialect, asked)
  const dress = createDresser()
  const events = { client: 0, server: 0 }
  let bare = 0
  return {
    take(given) {
      const isOnlyType = given.kind === "event" && given.isBare === true
      const entry = isOnlyType ? { ...given, event: dress(given.event) } : given
      const connection = connections.of(entry)
      connection.lately.take(entry, connection.number, connection.rounds.of(entry))
      if (entry.kind === "event") {
        events[entry.side] += 1
        if (isOnlyType) bare += 1
        // Of an event that tells only its type there is no saying what is wrong with it.
        else
          for (const broken of connection.witness[entry.side](entry.event))
            notes.rule(entry.side, broken, entry.line, connection.lately.last())
      }
      for (const found of connections.after(entry, connection)) notes.invariant(found)
    },
    end() {
      for (const found of connections.end()) notes.invariant(found)
      return {
        protocol,
        dialect,
        connections: connections.count,
        events,
        bare,
        ...notes.all(),
        judged: asked.map(({ id }) => id),
        notJudged: invariants
          .filter(({ id, protocols }) => protocols.includes(protocol) && !asked.some((each) => each.id === id))
          .map(({ id }) => id),
      }
    },
  }
}

/** The breaks, so many of each rule; the others are counted. */
function createNotes(protocol: "realtime" | "responses", dialect: DialectName, asked: readonly Invariant[]) {
  const breaks: LogBreak[] = []
  const more: Record<string, number> = {}
  const told = new Map<string, number>()
  const note = (found: LogBreak) => {
    const count = (told.get(found.rule) ?? 0) + 1
    told.set(found.rule, count)
    if (count <= perRuleAtMost && breaks.length < 10 * shownAtMost) breaks.push(found)
    else more[found.rule] = (more[found.rule] ?? 0) + 1
  }
  return {
    rule(party: Side, { rule, message }: Break, line: number, shown: LogWindow) {
      const { says, level, source } = aboutRule(protocol, rule) ?? refused
      const isKnown = isKnownOf(dialect, rule)
      note({ party, rule, message, line, causeLine: line, says, level, source, isKnown, ...shown })
    },
    invariant({ invariant, ...found }: Found) {
      const says = asked.find(({ id }) => id === invariant)?.title ?? ""
      const source = `rtspec explain ${invariant}`
      note({ ...found, party: "client", rule: invariant, says, level: "invariant", source, isKnown: false })
    },
    all: () => ({ breaks: breaks.sort((one, other) => one.line - other.line), more }),
  }
}

const refused = { says: "a correct server refuses this", level: "documented", source: "B.2" } as const

/** What breaks a rule and is no known difference. */
export const violationsOf = ({ breaks }: Pick<LogReport, "breaks">, party?: Side): readonly LogBreak[] =>
  breaks.filter((each) => !each.isKnown && (party === undefined || each.party === party))
