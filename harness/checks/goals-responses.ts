// Goals of Responses over WebSocket: where its lanes, its connection-local context and its failures have gone wrong in
// real clients (PROTOCOL.md C).
import { read as member } from "../protocol/realtime/read.ts"
import { find } from "./find.ts"
import type { Goal } from "./goals.ts"
import { lostConnections } from "./lost-connections.ts"
import type { CreateReading, ResponseReading } from "./reading.ts"
import { connectionLimit, errorIn } from "./reading-responses.ts"

export const responsesGoals: readonly Goal[] = [
  {
    id: "create-queued-behind-another",
    says: "a response.create is sent in a lane whose response is under way",
    isReached: ({ creates, responses }) =>
      creates.some((create) => responses.some((response) => isBusyWith(response, create))),
  },
  {
    id: "lanes-interleaved",
    says: "deltas of two lanes alternate on one connection",
    isReached: ({ delivered }) => {
      const order = delivered.flatMap(({ event }) =>
        event.type.endsWith(".delta") ? [member.text(event.stream_id) ?? "default"] : [],
      )
      const runs = order.filter((lane, at) => lane !== order[at - 1])
      return runs.some((lane, at) => runs.indexOf(lane) < at)
    },
  },
  {
    id: "asked-after-a-failure",
    says: "a request is made on a connection on which a response has failed",
    isReached: ({ creates, responses }) =>
      creates.some(({ connection, entry }) =>
        responses.some(
          (response) =>
            response.connection === connection &&
            response.status === "failed" &&
            response.done &&
            response.done.index < entry.index,
        ),
      ),
  },
  {
    id: "context-forgotten",
    says: "a create that continues from a response is refused with previous_response_not_found",
    isReached: ({ creates }) =>
      creates.some(
        ({ context, refusal }) =>
          context?.previous !== undefined && refusal && errorIn(refusal).code === "previous_response_not_found",
      ),
  },
  {
    id: "asked-again",
    says: "a request whose create was refused or lost is sent once more, with all it needs",
    isReached: ({ requests }) =>
      requests.some(({ creates }) =>
        creates.some(
          (create, at) =>
            create.context?.previous === undefined && creates.slice(0, at).some((earlier) => isGone(earlier, create)),
        ),
      ),
  },
  {
    id: "limit-mid-response",
    says: "websocket_connection_limit_reached comes while a response is under way",
    isReached: ({ responses }) => responses.some(({ done }) => done && errorIn(done).code === connectionLimit),
  },
  {
    id: "lost-before-the-first-word",
    says: "the connection is lost with a create that nothing of was answered",
    isReached: (reading) =>
      lostConnections(reading).some(({ number, lost }) =>
        reading.creates.some(
          ({ connection, entry, response, refusal }) =>
            connection === number && lost && entry.index < lost.index && !response?.streamsText && !refusal,
        ),
      ),
  },
  {
    id: "lost-mid-stream",
    says: "the connection is lost after the first text of a response and before its end",
    isReached: (reading) =>
      lostConnections(reading).some(({ number, lost }) =>
        reading.responses.some(
          (response) =>
            response.connection === number && response.streamsText && lost && find.isActiveAt(response, lost.index),
        ),
      ),
  },
  {
    id: "error-and-failed",
    says: "one failure is told twice: as an error, and as response.failed",
    isReached: ({ ends }) =>
      ends.some(
        ({ isError, entry, response, create }, at) =>
          !isError &&
          entry.event.type === "response.failed" &&
          ends
            .slice(0, at)
            .some(
              (earlier) =>
                earlier.isError &&
                ((response && earlier.response === response) || (create && earlier.create === create)),
            ),
      ),
  },
  {
    id: "error-without-a-code",
    says: "a request is ended by an error whose code is null",
    isReached: ({ ends }) =>
      ends.some(({ isError, create, entry }) => isError && create && errorIn(entry).code === null),
  },
  {
    id: "ended-incomplete",
    says: "a response ends with response.incomplete",
    isReached: ({ responses }) => responses.some(({ status }) => status === "incomplete"),
  },
  {
    id: "terminal-repeated",
    says: "the end of a response is delivered twice",
    isReached: ({ ends }) => {
      const ended = ends.flatMap(({ isError, entry }) =>
        isError ? [] : [member.text(member.members(entry.event.response).id)],
      )
      return ended.some((id, at) => id !== null && ended.indexOf(id) < at)
    },
  },
  {
    id: "abandoned-and-asked-anew",
    says: "the app gives up a reply that is under way and asks for another",
    isReached: ({ sightings, requests, responses }) =>
      sightings.performed.some(
        ({ operation, index }) =>
          operation.do === "cancel" &&
          responses.some((response) => find.isActiveAt(response, index)) &&
          requests.some(({ performed, name }) => performed.index > index && name !== "fresh"),
      ),
  },
  {
    id: "call-answered",
    says: "a tool's output is sent in a create that continues from the response that called it",
    isReached: ({ calls, creates }) =>
      [...calls.values()].some(({ completed, outputs: [output] }) =>
        creates.some(({ entry, context }) => completed && entry === output && context?.previous !== undefined),
      ),
  },
  {
    id: "steered",
    says: "a reply that is under way is given more user input",
    isReached: ({ sent }) => sent.some(({ event }) => event.type === "response.steer"),
  },
  {
    id: "steering-given-back",
    says: "steering comes too late and is given back",
    isReached: ({ delivered }) => delivered.some(({ event }) => event.type === "response.steer.failed"),
  },
  {
    id: "warmed-up",
    says: "a connection is warmed up with generate: false",
    isReached: ({ sent }) => sent.some(({ event }) => event.type === "response.create" && event.generate === false),
  },
  {
    id: "malformed-mid-answer",
    says: "a frame that is no event arrives while a response is under way",
    isReached: ({ trace, responses }) =>
      trace.entries.some(
        (entry) =>
          entry.lane === "server" &&
          (entry.kind === "text" || entry.kind === "binary") &&
          responses.some((response) => find.isActiveAt(response, entry.index)),
      ),
  },
]

const isBusyWith = (response: ResponseReading, { entry, connection, context }: CreateReading) =>
  response.connection === connection && response.lane === context?.lane && find.isActiveAt(response, entry.index)

/** Whether the client could know, when it sent `later`, that nothing would come of this one. */
const isGone = ({ refusal, response, connection }: CreateReading, later: CreateReading): boolean =>
  refusal ? refusal.index < later.entry.index : connection !== later.connection && !response?.done
