// Goals of the Realtime protocol: the races that a full run must have seen at least once.
import { read as member } from "../protocol/realtime/read.ts"
import { find } from "./find.ts"
import type { Goal } from "./goals.ts"
import { lostConnections } from "./lost-connections.ts"
import type { Reading, ResponseReading } from "./reading.ts"

const activeDefaultCode = "conversation_already_has_active_response"

export const realtimeGoals: readonly Goal[] = [
  {
    id: "cancel-crosses-done",
    says: "a response.cancel is sent for a response that ends otherwise",
    isReached: ({ sent, responses }) =>
      sent.some(
        ({ event, index }) =>
          event.type === "response.cancel" &&
          responses.some(
            (response) => find.isActiveAt(response, index) && response.done && response.status !== "cancelled",
          ),
      ),
  },
  {
    id: "cancel-before-created",
    says: "the app cancels a request whose create is not yet answered",
    isReached: ({ sightings, creates }) =>
      sightings.performed.some(
        ({ operation, index }) =>
          operation.do === "cancel" &&
          creates.some(
            ({ entry, refusal, response, request }) =>
              entry.index < index &&
              !(refusal && refusal.index < index) &&
              !(response && response.created.index < index) &&
              (operation.request === undefined || operation.request === request?.name),
          ),
      ),
  },
  {
    id: "late-created",
    says: "a response is created after its request was reported failed",
    isReached: ({ responses }) =>
      responses.some(({ create, created }) =>
        create?.request?.futures.some(({ settled: [end] }) => end?.as === "rejected" && end.index < created.index),
      ),
  },
  {
    id: "drop-before-the-first-delta",
    says: "the connection is lost between response.created and the first delta",
    isReached: (reading) =>
      lostConnections(reading).some(({ lost, number }) =>
        reading.responses.some(
          (response) =>
            response.connection === number &&
            response.signs.length === 1 &&
            lost !== undefined &&
            find.isActiveAt(response, lost.index),
        ),
      ),
  },
  {
    id: "responses-interleaved",
    says: "deltas of two responses alternate on one connection",
    isReached: ({ delivered }) => {
      const order = delivered.flatMap(({ event }) =>
        event.type.endsWith(".delta") && typeof event.response_id === "string" ? [event.response_id] : [],
      )
      const runs = order.filter((id, at) => id !== order[at - 1])
      return runs.some((id, at) => runs.indexOf(id) < at)
    },
  },
  {
    id: "out-of-band-beside-default",
    says: "an out-of-band response begins while one of the default conversation is active",
    isReached: ({ responses }) =>
      responses.some(
        (one) =>
          one.outOfBand && responses.some((other) => !other.outOfBand && find.isActiveAt(other, one.created.index)),
      ),
  },
  {
    id: "error-after-terminal",
    says: "the error that complains of an active response arrives when none is active any more",
    isReached: (reading) =>
      errorsOf(reading, activeDefaultCode).some(
        ({ index }) => !reading.responses.some((response) => find.isActiveAt(response, index)),
      ),
  },
  {
    id: "error-without-event-id",
    says: "a create is refused by an error that does not name it",
    isReached: (reading) =>
      errorsOf(reading, activeDefaultCode).some(({ event }) => member.members(event.error).event_id === null),
  },
  {
    id: "create-crosses-created",
    says: "a response.create crosses the response.created of a server-made response, and is refused",
    isReached: ({ creates, responses }) =>
      creates.some(({ entry, refusal }) =>
        responses.some(
          ({ create, created }) => !create && refusal && created.index > entry.index && created.index < refusal.index,
        ),
      ),
  },
  {
    id: "create-kept-back",
    says: "a reply is asked for while a response is active, and its create follows the end of that response",
    isReached: ({ requests, responses }) =>
      requests.some(({ performed, creates: [create] }) =>
        responses.some(
          (response) =>
            !response.outOfBand &&
            find.isActiveAt(response, performed.index) &&
            create &&
            response.done &&
            response.done.index < create.entry.index,
        ),
      ),
  },
  {
    id: "half-open",
    says: "a connection goes silent without a close",
    isReached: ({ connections }) => [...connections.values()].some(({ silent }) => silent),
  },
  {
    id: "refused-upgrade",
    says: "a connection is refused before the upgrade",
    isReached: ({ connections }) => [...connections.values()].some(({ lost }) => lost?.kind === "refused"),
  },
  {
    id: "turned-away",
    says: "a connection is accepted, told an error, and closed before it was a session",
    isReached: (reading) =>
      lostConnections(reading).some(
        ({ number, lost, session }) =>
          session === undefined &&
          lost?.kind === "closed" &&
          reading.delivered.some(({ connection, event }) => connection === number && event.type === "error"),
      ),
  },
  {
    id: "reconnect-with-a-pending-request",
    says: "a connection is lost with a create unanswered or its response active, and another session follows",
    isReached: (reading) =>
      lostConnections(reading).some(
        ({ number, lost }) =>
          lost !== undefined &&
          [...reading.connections.values()].some((next) => next.number > number && next.session !== undefined) &&
          reading.creates.some(
            ({ connection, entry, refusal, response }) =>
              connection === number && entry.index < lost.index && !refusal && !response?.done,
          ),
      ),
  },
  {
    id: "session-expires-mid-response",
    says: "session_expired comes while a response is active",
    isReached: (reading) => errorsOf(reading, "session_expired").some(({ index }) => hasActive(reading, index)),
  },
  {
    id: "tool-call-interrupted",
    says: "a function call's item is done without being completed",
    isReached: ({ calls }) => [...calls.values()].some(({ completed, outputs }) => !completed && outputs.length === 0),
  },
  {
    id: "tool-output-before-done",
    says: "a tool's output is sent while the response that called it is active",
    isReached: (reading) =>
      [...reading.calls.values()].some(({ outputs }) => outputs.some(({ index }) => hasActive(reading, index))),
  },
  {
    id: "duplicate-terminal",
    says: "response.done of one response is delivered twice",
    isReached: ({ delivered }) => {
      const ended = delivered.flatMap(({ event }) =>
        event.type === "response.done" ? [member.text(member.members(event.response).id)] : [],
      )
      return ended.some((id, at) => id !== null && ended.indexOf(id) < at)
    },
  },
  {
    id: "malformed-mid-response",
    says: "a frame that is no event arrives while a response is active",
    isReached: (reading) =>
      reading.trace.entries.some(
        (entry) =>
          entry.lane === "server" &&
          (entry.kind === "text" || entry.kind === "binary") &&
          hasActive(reading, entry.index),
      ),
  },
  {
    id: "barge-in",
    says: "the server cancels a response because the user speaks",
    isReached: ({ responses }) =>
      responses.some(
        ({ done }) => member.members(member.members(done?.event.response).status_details).reason === "turn_detected",
      ),
  },
  {
    id: "idle-timeout",
    says: "the server begins a turn because nobody spoke",
    isReached: ({ delivered }) => delivered.some(({ event }) => event.type === "input_audio_buffer.timeout_triggered"),
  },
]

const errorsOf = ({ delivered }: Reading, code: string) =>
  delivered.filter(({ event }) => event.type === "error" && member.members(event.error).code === code)

const hasActive = ({ responses }: Reading, index: number) =>
  responses.some((response: ResponseReading) => find.isActiveAt(response, index))
