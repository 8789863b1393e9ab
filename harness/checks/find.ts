// Questions about a reading that several invariants ask.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import type {
  ConnectionReading,
  CreateReading,
  FutureReading,
  Reading,
  RequestReading,
  ResponseReading,
} from "./reading.ts"

const isOfReply = ({ opened }: FutureReading): boolean => opened?.of === "reply" || opened?.of === "stream"

export const find = {
  /** Reply and stream futures: what a caller awaits a reply on. */
  replyFutures: (reading: Reading): FutureReading[] => [...reading.futures.values()].filter(isOfReply),

  /** Of a request's futures, or of any: those. */
  isOfReply,

  /** An error, in whatever shape, that says that a response is in the way. */
  saysBusy: ({ event }: EntryOf<"server", "event">): boolean =>
    (member.object(event.error) ?? event).code === "conversation_already_has_active_response",

  /** A commit, not sent, of nothing: the app had not spoken since the last one. The server would refuse it (PROTOCOL.md B.4). */
  isOfNothing({ operation, performed, evidence }: RequestReading, { sightings }: Reading): boolean {
    if (operation.do !== "commit" || evidence) return false
    const before = sightings.performed.filter(({ index }) => index < performed.index)
    const last = before.findLast((entry) => entry.operation.do === "commit" || entry.operation.do === "speak")
    return last?.operation.do !== "speak"
  },

  /** All responses that a request's creates were answered with. */
  responsesOf(future: FutureReading, reading: Reading): ResponseReading[] {
    const { request, opened } = future
    const named = opened?.response ?? future.settled[0]?.response
    if (opened?.of === "stream" && named !== undefined) return reading.responses.filter(({ id }) => id === named)
    return request ? reading.responses.filter(({ create }) => create?.request === request) : []
  },

  /** Whether that is a stream of a whole request, whose client runs a tool that the response called: it goes on with the answer
   * to that. */
  goesOnWithTool: ({ opened }: FutureReading, { calls, status }: ResponseReading, { sightings }: Reading): boolean =>
    opened?.of === "stream" &&
    opened.response === undefined &&
    status === "completed" &&
    calls.some(({ call_id, name, since }) =>
      sightings["tool-started"].some((started) =>
        started.call_id === undefined ? started.tool === name && started.index > since : started.call_id === call_id,
      ),
    ),

  /** The response of that label; should connections share one, the latest. */
  labelled: (label: string, reading: Reading): ResponseReading | undefined =>
    reading.responses.findLast((response) => response.label === label),

  /** Whether a response is active at entry `index`, as far as the client was told. */
  isActiveAt: ({ created, done, maybeDone }: ResponseReading, index: number): boolean =>
    created.index < index && !(done && done.index < index) && !(maybeDone !== undefined && maybeDone < index),

  /** Written after its line went silent: it reached nobody, and when it was written nobody knows (PROTOCOL.md M04). */
  isOnDeadLine({ connection, entry }: Pick<CreateReading, "connection"> & { entry: Entry }, reading: Reading): boolean {
    const silent = reading.connections.get(connection)?.silent
    return silent !== undefined && silent.index < entry.index
  },

  /** The connection that was dialled last before entry `index`. */
  connectionAt(index: number, reading: Reading): ConnectionReading | undefined {
    let latest: ConnectionReading | undefined
    for (const connection of reading.connections.values())
      if (connection.connects && connection.connects.index < index) latest = connection
    return latest
  },

  /** Whether one of a pool's connections was half-open then: a client may use that one, and cannot know. */
  isPoolHalfOpenAt: (index: number, { connections, trace }: Reading): boolean =>
    trace.header.can.includes("connection-pool") &&
    [...connections.values()].some(
      ({ silent, lost, left }) =>
        silent !== undefined &&
        silent.index < index &&
        ![lost, left].some((end) => end !== undefined && end.index < index),
    ),

  /** Whether the client would not do what the app asked: a cancel that was refused took nothing back. */
  isRefused: ({ index, round, operation }: EntryOf<"app", "performed">, { sightings }: Reading): boolean =>
    sightings.refused.some(
      (refused) => refused.index > index && refused.round === round && refused.operation.do === operation.do,
    ),

  /** Where the app asked to close: the performed operation, or else the phase. */
  closing: (reading: Reading): EntryOf<"app", "performed"> | EntryOf<"app", "phase"> | undefined =>
    reading.sightings.performed.find(({ operation }) => operation.do === "close") ?? reading.phases.closing,
}
