// The adapter of the reference client for Responses; mutants are made from it with one decision changed. A reply future
// resolves with the first piece of output (or the end, where there is none), and the stream future with the end.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { ResponsesClient } from "./client.ts"
import { type Policy, rightPolicy } from "./policy.ts"
import type { Reply } from "./reply.ts"

const can: readonly Capability[] = [
  "text-turn",
  "reply-future",
  "reply-stream",
  "request-timeout",
  "cancel",
  "cancel-request",
  "text-output",
  "tools",
  "error-event",
  "reconnect",
  "conversation",
  "concurrent",
  "lanes",
  "retry",
  "connection-pool",
  "warm-up",
  "steer",
]

/** An adapter of the reference client under another name and policy. */
export function responsesReferenceWith(change: Partial<Policy>, about: { name: string; caughtBy?: string }): Adapter {
  const policy: Policy = { ...rightPolicy, ...change }
  return { ...about, version: "1", protocol: "responses", can, open: (world) => openDriver(world, policy) }
}

export const adapter: Adapter = responsesReferenceWith({}, { name: "reference-responses" })

function openDriver({ report, ...world }: World, policy: Policy): Driver {
  const streams = new Map<Reply, string>()
  let count = 0
  const handed = (reply: Reply) => {
    count += 1
    const { name } = reply
    const stream = `stream ${count}`
    const request = name === undefined ? {} : { request: name }
    const tell = () => responseOf(reply)
    streams.set(reply, stream)
    void report.follow({ id: `reply ${count}`, kind: "reply", ...request }, reply.started, tell)
    void report.follow({ id: stream, kind: "stream", ...request }, reply.ended, tell)
    const ended = (status: string) => report.turn({ is: "ended", status, ...tell() })
    reply.ended.then(ended, () => ended("failed"))
  }
  const client = new ResponsesClient({
    policy,
    on: {
      reply: handed,
      output: (output, reply) => {
        const future = streams.get(reply)
        report.heard(Object.assign({}, output, responseOf(reply), future ? { future } : {}))
      },
      error: (error) => report.error(error),
    },
    ...world,
  })
  const perform = (operation: Operation): unknown => {
    switch (operation.do) {
      case "connect":
        return report.follow({ id: `connect ${++count}`, kind: "connect" }, client.connect())
      case "say":
        return handed(client.say(operation.text, { name: operation.request, lane: operation.lane }))
      case "warm-up":
        return handed(client.warmUp(operation.request))
      case "steer":
        return client.steer(operation.of, operation.text)
      case "cancel":
        return client.cancel(operation.request)
      case "close":
        return report.follow({ id: `close ${++count}`, kind: "close" }, client.close())
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

const responseOf = ({ id }: Reply) => (id === undefined ? {} : { response: id })
