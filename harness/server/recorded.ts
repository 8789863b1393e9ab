// A server that says what a wire log says: it counts what each client connection has sent, so that what was recorded can wait
// for its causes, and learns what the client calls now what it called otherwise when it was recorded.
import type { WireEvent } from "../protocol/event.ts"
import type { Ids } from "../protocol/realtime/ids.ts"
import { read } from "../protocol/realtime/read.ts"
import type { AsRecorded } from "../script/scenario.ts"
import { bound, createBijection, differenceOf } from "../trace/bijection.ts"

/** What a connection has sent: events other than appended audio, and bytes of audio. */
export interface Sent {
  events: number
  audioBytes: number
}

export interface Recorded {
  /** A client's connection stands. */
  accepted(connection: number): void
  heard(connection: number, event: WireEvent): void
  sentOn(connection: number): Readonly<Sent> | undefined
  /** A recorded event of the server's, with the ids that the client has given now. */
  bound(event: WireEvent): WireEvent
}

export const isAppend = ({ type }: WireEvent): boolean => type === "input_audio_buffer.append"

export const audioBytesOf = ({ audio }: WireEvent): number =>
  typeof audio === "string" ? Buffer.byteLength(audio, "base64") : 0

export function createRecorded({ client, uncounted }: AsRecorded): Recorded {
  const ids = createBijection()
  const sent = new Map<number, Sent>()
  const echoes = createEchoes()
  return {
    accepted: (connection) => void sent.set(connection, { events: 0, audioBytes: 0 }),
    heard(connection, event) {
      const sofar = sent.get(connection)
      if (!sofar) return
      if (isAppend(event)) {
        sofar.audioBytes += audioBytesOf(event)
        return
      }
      if (uncounted.includes(event.type)) return
      const then = client[connection - 1]?.[sofar.events]
      sofar.events += 1
      if (then?.type === event.type) differenceOf(then, event, ids)
      if (event.type === "response.create") echoes.asked(event, then)
    },
    sentOn: (connection) => sent.get(connection),
    bound: (event) => echoes.on(bound(event, ids)),
  }
}

/** A server repeats a create's metadata in the response. Where the recorded client sent none and this one does, it is repeated, too:
 * the oldest create that waits is answered by the response that is told next. */
function createEchoes() {
  const waiting: unknown[] = []
  const known = new Map<unknown, unknown>()
  return {
    asked(event: WireEvent, then: WireEvent | undefined) {
      const isNew = then?.type === event.type && !read.members(then.response).metadata
      waiting.push(isNew ? read.members(event.response).metadata : undefined)
    },
    on(event: WireEvent): WireEvent {
      const response = read.object(event.response)
      if (!response || !event.type.startsWith("response.")) return event
      if (event.type === "response.created") known.set(response.id, waiting.shift())
      const metadata = known.get(response.id)
      return metadata && !response.metadata ? { ...event, response: { ...response, metadata } } : event
    },
  }
}

/** Ids for what is said once the recording is over: those of the recording are taken. */
export const laterIds = (ids: Ids): Ids => ({ next: (kind) => `${ids.next(kind)}_later` })
