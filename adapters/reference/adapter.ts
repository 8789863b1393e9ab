// The adapter of the reference client; mutants are made from it with one decision changed.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { RealtimeClient } from "./client.ts"
import { type Policy, rightPolicy } from "./policy.ts"
import type { Reply } from "./reply.ts"

const can: readonly Capability[] = [
  "text-turn",
  "request-reply",
  "reply-future",
  "reply-stream",
  "request-timeout",
  "request-queue",
  "out-of-band",
  "cancel",
  "cancel-request",
  "audio-input",
  "audio-commit",
  "audio-output",
  "text-output",
  "tools",
  "session-update",
  "update-future",
  "server-turns",
  "error-event",
  "reconnect",
  "connect-again",
  "sideband",
  "truncate",
]

const dialects: NonNullable<Adapter["dialects"]> = ["openai", "azure", "beta", "xai"]

/** An adapter of the reference client under another name and policy. */
export function referenceWith(change: Partial<Policy>, about: { name: string; caughtBy?: string }): Adapter {
  const policy: Policy = { ...rightPolicy, ...change }
  return { ...about, version: "1", protocol: "realtime", can, dialects, open: (world) => openDriver(world, policy) }
}

export const adapter: Adapter = referenceWith({}, { name: "reference" })

function openDriver(world: World, policy: Policy): Driver {
  const { report, callId, dialect } = world
  const query = callId === undefined ? { model: world.model } : { call_id: callId }
  const client = new RealtimeClient({
    url: `${world.url}?${new URLSearchParams(query)}`,
    apiKey: world.apiKey,
    session: { output_modalities: [world.output] },
    tools: world.tools,
    policy,
    isBeta: dialect === "beta",
    on: {
      reply: (reply) => {
        report.turn({ is: "started", response: reply.id })
        const request = reply.name === undefined ? {} : { request: reply.name }
        void report.follow({ id: streamOf(reply), kind: "stream", response: reply.id, ...request }, reply.ended)
        const ended = (status: string) => report.turn({ is: "ended", response: reply.id, status })
        reply.ended.then(ended, () => ended("failed"))
      },
      output: (output, reply) =>
        report.heard(Object.assign({}, output, { response: reply.id, future: streamOf(reply) })),
      error: (error) => report.error(error),
      state: (state) => report.state(state),
    },
  })
  let count = 0
  const follow = (kind: "connect" | "reply" | "update" | "close", promise: Promise<unknown>, request?: string) => {
    count += 1
    const future = { id: `${kind} ${request ?? count}`, kind, ...(request === undefined ? {} : { request }) }
    void report.follow(future, promise, (value) => (isReply(value) ? { response: value.id } : {}))
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return follow("connect", client.connect())
      case "say":
        return follow("reply", client.say(operation.text, operation.request), operation.request)
      case "request": {
        const { request: name, ...asked } = operation
        return follow("reply", client.request({ name, ...asked }), name)
      }
      case "commit":
        return follow("reply", client.commit(operation.request), operation.request)
      case "update":
        return follow("update", client.update({ instructions: operation.instructions }), operation.request)
      case "cancel":
        return client.cancel(operation.request)
      case "speak":
        return client.append(operation.audio)
      case "truncate":
        return client.truncate(operation.heardMs)
      case "close":
        return follow("close", client.close())
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

const streamOf = ({ id }: Reply) => `stream ${id}`

const isReply = (value: unknown): value is Reply => typeof value === "object" && value !== null && "ended" in value
