// The only writer of traces. It numbers and dates entries, reads marks out of what was heard, and complains when it is
// told what cannot be.
import type { Future, Heard, Report } from "../adapter.ts"
import { type Labels, readAudio, readText } from "./content.ts"
import { noteError } from "./error-note.ts"
import type { AppEntry, ClientEntry, Entry, ServerEntry, Trace, TraceHeader } from "./trace.ts"

export interface Recorder {
  record(entry: ServerEntry | ClientEntry | AppEntry): void
  /** The client has gone quiet: what comes next is of a new round. */
  quiet(): void
  readonly entries: readonly Entry[]
  /** What adapters report through. */
  readonly report: Report
  /** What the adapter did that it must not: settled what it never opened, reported after the end. */
  readonly complaints: readonly string[]
  trace(): Trace
}

export interface RecorderOptions {
  readonly header: TraceHeader
  readonly now: () => number
  readonly labels: Labels
  /** Called with each entry as it is made. */
  readonly onEntry?: (entry: Entry) => void
  /** Where complaints go. One list for the cases of an adapter: a report to a case that is over shows in the one that runs. */
  readonly complaints?: string[]
}

export function createRecorder({ header, now, labels, onEntry, complaints = [] }: RecorderOptions): Recorder {
  const entries: Entry[] = []
  const opened = new Set<string>()
  let round = 0
  let roundHasEntries = false
  let ended = false

  const record = (data: ServerEntry | ClientEntry | AppEntry) => {
    if (data.lane === "app" && data.kind === "phase" && data.phase === "ended") ended = true
    const entry: Entry = { index: entries.length, at: now(), round, ...data }
    entries.push(entry)
    roundHasEntries = true
    onEntry?.(entry)
  }
  const sighting = (entry: AppEntry) => {
    if (ended) complaints.push(`reported "${entry.kind}" after the case had ended`)
    else record(entry)
  }
  return {
    record,
    quiet() {
      if (roundHasEntries) round += 1
      roundHasEntries = false
    },
    entries,
    complaints,
    report: createReport(sighting, opened, complaints, labels),
    trace: () => ({ header, entries }),
  }
}

/** Drops members that are undefined, so that traces hold nothing that JSON would not. */
function given<T extends object>(members: T): T {
  if (!Object.values(members).includes(undefined)) return members
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}

function createReport(
  sighting: (entry: AppEntry) => void,
  opened: Set<string>,
  complaints: string[],
  labels: Labels,
): Report {
  const open = (future: Future) => {
    if (opened.has(future.id)) complaints.push(`opened the future "${future.id}" twice`)
    opened.add(future.id)
    const { id, kind, ...rest } = future
    sighting({ lane: "app", kind: "opened", future: id, of: kind, ...given(rest) })
  }
  const settle: Report["settled"] = (id, outcome) => {
    if (!opened.has(id)) complaints.push(`settled the future "${id}", which it never opened`)
    if (outcome.as === "resolved") {
      const { response } = outcome
      sighting({
        lane: "app",
        kind: "settled",
        future: id,
        as: "resolved",
        ...(response === undefined ? {} : { response }),
      })
    } else sighting({ lane: "app", kind: "settled", future: id, as: "rejected", error: noteError(outcome.error) })
  }
  return {
    opened: open,
    settled: settle,
    follow(future, promise, describe) {
      open(future)
      return Promise.resolve(promise).then(
        (value) => settle(future.id, { as: "resolved", ...given(describe?.(value) ?? {}) }),
        (error) => settle(future.id, { as: "rejected", error }),
      )
    },
    heard: (output) => hear(output, sighting, labels),
    turn: (turn) => sighting({ lane: "app", kind: "turn", ...given(turn) }),
    error: (error, at = {}) => sighting({ lane: "app", kind: "error", error: noteError(error), ...given(at) }),
    state: (state) => sighting({ lane: "app", kind: "state", state }),
    refused: (operation, error) => sighting({ lane: "app", kind: "refused", operation, error: noteError(error) }),
  }
}

function hear(output: Heard, sighting: (entry: AppEntry) => void, labels: Labels) {
  const { text, audio, ...rest } = output
  if (text !== undefined)
    sighting({
      lane: "app",
      kind: "heard",
      what: "text",
      pieces: readText(text),
      text: text.slice(0, 200),
      ...given(rest),
    })
  if (audio !== undefined) {
    const { pieces, ms } = readAudio(audio, labels)
    sighting({ lane: "app", kind: "heard", what: "audio", pieces, ms, ...given(rest) })
  }
}
