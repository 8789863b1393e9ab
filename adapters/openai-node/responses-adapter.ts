// Drives ResponsesWS of the npm package `openai`, with the lanes of its ResponsesWebSocketSession: a reply's stream is what
// finalResponse() promises, and its pieces are the connection's events.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { followConnection } from "./connection.ts"
import type { FinalResponse, Lane, OpenAiNode, ResponsesSession, ResponsesWs } from "./shapes.ts"

const can: readonly Capability[] = [
  "text-turn",
  "reply-stream",
  "text-output",
  "error-event",
  "concurrent",
  "lanes",
  "reconnect",
]

/** For the whole session; far above what any case sends. */
const limits = { maxLanes: 100, maxBufferedEvents: 10_000, maxBufferedBytes: 10_000_000 }

export const openAiNodeResponses = (version: string, library: OpenAiNode): Adapter => ({
  name: "openai-node-responses",
  version,
  protocol: "responses",
  can,
  open: (world) => openDriver(world, library),
})

function openDriver(world: World, library: OpenAiNode): Driver {
  const { report, model } = world
  const lanes = new Map<string | undefined, ReadLane>()
  let opened: { readonly client: ResponsesWs; readonly session: ResponsesSession } | undefined
  let count = 0
  const connection = () => {
    if (!opened) throw new Error("the app asked for something before it connected")
    return opened
  }
  const laneOf = (name: string | undefined) => {
    const lane = lanes.get(name) ?? readInOrder(connection().session.lane(name))
    lanes.set(name, lane)
    return lane
  }
  const connect = () => {
    const client = dial(world, library)
    opened = { client, session: new library.ResponsesWebSocketSession(client, limits) }
    followConnection({ id: `connect ${++count}`, client, isRecovered: true }, report)
    // Each attempt ends the lanes that were had until then; those of its own socket outlive `reconnected`.
    client.on("reconnecting", () => lanes.clear())
    client.on("response.created", ({ response }) =>
      report.turn({ is: "started", ...(response === undefined ? {} : { response: response.id }) }),
    )
    client.on("response.output_text.delta", ({ delta, stream_id }) => {
      if (delta && lanes.get(stream_id)?.isRead()) report.heard({ text: delta })
    })
  }
  const say = (request: string, text: string, name: string | undefined) => {
    const { lane, next } = laneOf(name)
    lane.create({ model, input: [{ type: "message", role: "user", content: text }] })
    const ended = next()
    ended.then(
      ({ id, status }) => report.turn({ is: "ended", response: id, ...(status ? { status } : {}) }),
      () => {},
    )
    void report.follow({ id: `stream ${++count}`, kind: "stream", request }, ended, (value) => ({
      response: (value as FinalResponse).id,
    }))
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return connect()
      case "say":
        return say(operation.request, operation.text, operation.lane)
      case "close":
        return connection().client.close()
      default:
        throw new Error(`the adapter cannot ${operation.do}`)
    }
  }
  return {
    perform(operation) {
      try {
        perform(operation)
      } catch (error) {
        report.refused(operation, error)
      }
    },
  }
}

function dial({ url, apiKey }: World, { OpenAI, ResponsesWS }: OpenAiNode): ResponsesWs {
  const baseURL = url.replace(/^ws/, "http").replace(/\/responses$/, "")
  return new ResponsesWS(new OpenAI({ apiKey, baseURL }), { reconnect: { onReconnecting: () => {} } })
}

interface ReadLane {
  readonly lane: Lane
  /** While somebody waits for a response of it the app listens to its pieces, and not after. */
  isRead(): boolean
  next(): Promise<FinalResponse>
}

/** A lane has one reader: who asks for a second response waits until the first has ended. */
function readInOrder(lane: Lane): ReadLane {
  let last: Promise<unknown> = Promise.resolve()
  let readers = 0
  return {
    lane,
    isRead: () => readers > 0,
    next() {
      readers += 1
      const ended = last.then(() => lane.finalResponse()).finally(() => (readers -= 1))
      last = ended.catch(() => {})
      return ended
    },
  }
}
