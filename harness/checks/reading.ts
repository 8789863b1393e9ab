// What every invariant needs to know of a trace, read in one pass and kept: futures, requests, creates, responses, calls
// and connections, and how they hang together. How answers are tied to creates, and creates to requests: ties.ts.
import type { AppEntry, Entry, EntryOf, Operation, Phase, Trace } from "../trace/trace.ts"
import { readOpened, readPerformed, readRefused, readSettled } from "./reading-app.ts"
import { readClientEvent, readServerEvent } from "./reading-realtime.ts"
import { readResponsesClientEvent, readResponsesServerEvent } from "./reading-responses.ts"

/** An operation that asks for a reply. */
export type Asking = Extract<Operation, { do: "say" | "request" | "commit" | "warm-up" }>

export interface FutureReading {
  readonly id: string
  opened: EntryOf<"app", "opened"> | undefined
  readonly settled: EntryOf<"app", "settled">[]
  request: RequestReading | undefined
}

export interface RequestReading {
  readonly name: string
  readonly operation: Asking
  readonly performed: EntryOf<"app", "performed">
  readonly outOfBand: boolean
  /** Its reply and stream futures. */
  readonly futures: FutureReading[]
  /** The last one counts; those before it were refused or lost, and sent again. */
  readonly creates: CreateReading[]
  /** The client event that carries what was said or commits what was spoken. */
  evidence: EntryOf<"client", "event"> | undefined
  /** The client would not do it, and said so at once. */
  refused: EntryOf<"app", "refused"> | undefined
  /** The server began a response by itself after the commit, so no create needs to follow. */
  servedByServer: boolean
}

/** A `response.create` that the client sent. */
export interface CreateReading {
  readonly entry: EntryOf<"client", "event">
  readonly connection: number
  readonly event_id: string | undefined
  readonly metadata: Readonly<Record<string, unknown>> | undefined
  readonly outOfBand: boolean
  readonly instructions: string | undefined
  /** The tool output, sent since the last create, that this create probably follows up. */
  readonly afterToolOutput: number | undefined
  request: RequestReading | undefined
  /** The requests that it may be for as well, where nothing tells: `request` is then the likeliest. */
  mayBeFor: readonly RequestReading[]
  response: ResponseReading | undefined
  /** The error that refuses it. */
  refusal: EntryOf<"server", "event"> | undefined
  /** Whether the client can know that the refusal is meant for this create. */
  refusalIsPlain: boolean
  /** An error that names no event, and may have been meant for this create. */
  doubt: number | undefined
  /** Responses only. */
  readonly context: ContextReading | undefined
}

/** What a `response.create` of Responses continues from, and where. */
export interface ContextReading {
  /** Its `stream_id`; undefined is the default lane. */
  readonly lane: string | undefined
  readonly previous: string | undefined
  readonly input: readonly unknown[]
  /** The server may keep the response beyond the connection. */
  readonly stores: boolean
}

/** Responses: a terminal event or an error that was delivered, once more or for the first time. */
export interface EndReading {
  readonly entry: EntryOf<"server", "event">
  readonly connection: number
  readonly lane: string | undefined
  /** What it ends, as far as a careful client could know; neither: nothing that is known. */
  readonly create: CreateReading | undefined
  readonly response: ResponseReading | undefined
  readonly isError: boolean
}

export interface ResponseReading {
  readonly id: string
  readonly label: string
  readonly connection: number
  readonly created: EntryOf<"server", "event">
  readonly outOfBand: boolean
  /** The create that it answers; undefined when the server started it. */
  create: CreateReading | undefined
  /** False when not even a careful client could have known what it answers. */
  isPlain: boolean
  done: EntryOf<"server", "event"> | undefined
  status: string | undefined
  /** Something that a client may have taken for its end: a `response.done` that came too early or without an id. */
  maybeDone: number | undefined
  /** The entries that show it alive. */
  readonly signs: number[]
  streamsText: boolean
  streamsAudio: boolean
  /** The calls in its output that were completed; Responses: its lane. */
  readonly lane: string | undefined
  readonly calls: CallReading[]
}

export interface CallReading {
  readonly call_id: string
  readonly name: string
  readonly connection: number
  /** The first entry that has it: its item, in whatever state, or its output. */
  readonly since: number
  /** The first in whose output it came, in whatever state. */
  response: ResponseReading | undefined
  /** The first delivery of its item as completed. */
  completed: { readonly index: number; readonly arguments: string | undefined } | undefined
  readonly outputs: EntryOf<"client", "event">[]
}

export interface ConnectionReading {
  readonly number: number
  connects: EntryOf<"client", "connects"> | undefined
  /** session.created was delivered; Responses: the connection was accepted. */
  session: number | undefined
  /** Ended by the server, the network or a refusal. */
  lost: EntryOf<"server", "closed" | "dropped" | "refused"> | undefined
  /** Closed by the client. */
  left: EntryOf<"client", "closed"> | undefined
  silent: EntryOf<"server", "silent"> | undefined
  /** Frames of the server's that are no events. */
  readonly unreadable: EntryOf<"server", "text" | "binary">[]
}

/** Built in one pass and shared by all invariants, which only look. */
export interface Reading {
  readonly trace: Trace
  readonly last: number
  readonly futures: Map<string, FutureReading>
  readonly requests: RequestReading[]
  readonly creates: CreateReading[]
  readonly responses: ResponseReading[]
  readonly calls: Map<string, CallReading>
  /** Responses only. */
  readonly ends: EndReading[]
  readonly connections: Map<number, ConnectionReading>
  readonly phases: Partial<Record<Phase, EntryOf<"app", "phase">>>
  readonly sightings: { readonly [K in AppEntry["kind"]]: EntryOf<"app", K>[] }
  readonly sent: EntryOf<"client", "event">[]
  readonly delivered: EntryOf<"server", "event">[]
  /** Realtime only: the last of the server's events with that event_id. */
  readonly told: Map<string, EntryOf<"server", "event">>
}

/** Only the last one: traces are judged one after the other. (With a WeakMap, 7 KB more a case stayed until the whole heap
 * was collected, as measured on Node 20.) */
let latest: Reading | undefined

/** The reading of a finished trace; a second call for the same trace costs nothing. */
export function read(trace: Trace): Reading {
  if (latest?.trace === trace) return latest
  const reading = empty(trace)
  for (const entry of trace.entries) {
    if (entry.lane === "app") readApp(entry, reading)
    else readWire(entry, reading)
  }
  latest = reading
  return reading
}

function readApp(entry: Extract<Entry, { lane: "app" }>, reading: Reading) {
  const sameKind: Entry[] = reading.sightings[entry.kind]
  sameKind.push(entry)
  if (entry.kind === "performed") readPerformed(entry, reading)
  else if (entry.kind === "opened") readOpened(entry, reading)
  else if (entry.kind === "settled") readSettled(entry, reading)
  else if (entry.kind === "refused") readRefused(entry, reading)
  else if (entry.kind === "phase") reading.phases[entry.phase] ??= entry
}

function readWire(entry: Exclude<Entry, { lane: "app" }>, reading: Reading) {
  const connection = connectionOf(entry.connection, reading)
  if (entry.lane === "client") {
    if (entry.kind === "connects") connection.connects ??= entry
    else if (entry.kind === "closed") connection.left ??= entry
    else if (entry.kind === "event") {
      reading.sent.push(entry)
      if (isResponses(reading)) readResponsesClientEvent(entry, reading)
      else readClientEvent(entry, reading)
    }
  } else if (entry.kind === "event") {
    reading.delivered.push(entry)
    if (entry.event.type === "session.created") connection.session ??= entry.index
    if (isResponses(reading)) readResponsesServerEvent(entry, reading)
    else readServerEvent(entry, reading)
  } else if (entry.kind === "accepted") {
    if (isResponses(reading)) connection.session ??= entry.index
  } else if (entry.kind === "closed" || entry.kind === "dropped" || entry.kind === "refused") connection.lost ??= entry
  else if (entry.kind === "silent") connection.silent ??= entry
  else connection.unreadable.push(entry)
}

const isResponses = ({ trace }: Reading) => trace.header.protocol === "responses"

function connectionOf(number: number, reading: Reading): ConnectionReading {
  const known = reading.connections.get(number)
  if (known) return known
  const connection = {
    number,
    connects: undefined,
    session: undefined,
    lost: undefined,
    left: undefined,
    silent: undefined,
    unreadable: [],
  }
  reading.connections.set(number, connection)
  return connection
}

const empty = (trace: Trace): Reading => ({
  trace,
  last: Math.max(0, trace.entries.length - 1),
  futures: new Map(),
  requests: [],
  creates: [],
  responses: [],
  calls: new Map(),
  ends: [],
  connections: new Map(),
  phases: {},
  sightings: {
    performed: [],
    opened: [],
    settled: [],
    heard: [],
    "tool-started": [],
    "tool-finished": [],
    turn: [],
    error: [],
    state: [],
    refused: [],
    crash: [],
    phase: [],
    "left-behind": [],
  },
  sent: [],
  delivered: [],
  told: new Map(),
})
