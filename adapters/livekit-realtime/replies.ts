// The replies that the app asked for or was given: those that wait for their generation, and those that are being read.
import type { World } from "../../harness/adapter.ts"
import type { Generation, LiveKit, RealtimeSession } from "../livekit/shapes.ts"
import { runCall } from "../livekit/tools.ts"
import type { ChangeContext } from "./context.ts"
import { type Reader, readGeneration } from "./generation.ts"

export interface Replies {
  /** Opens the reply's future; asks when `before` has resolved. */
  ask(request: string, before: () => Promise<void>, instructions?: string): void
  /** Reads a generation to its end, runs the tools that it calls, and asks for the reply to their outputs. */
  take(generation: Generation, request?: string): void
  /** Gives up a request that waits. Returns whether there was one of that name. */
  giveUp(request: string): boolean
  /** What was generated for it is being read. */
  isRead(request: string): boolean
  /** Nothing more of what is being read reaches the app. */
  discard(): void
  /** Of the message that was heard last, as truncate() wants it. */
  lastMessageId(): string
}

export interface RepliesOptions {
  readonly world: World
  readonly livekit: LiveKit
  readonly session: () => RealtimeSession
  readonly changeContext: ChangeContext
}

export function createReplies({ world, livekit, session, changeContext }: RepliesOptions): Replies {
  const { report, tools } = world
  const waiting = new Map<string, AbortController>()
  const readers = new Set<Reader>()
  let lastMessageId = ""
  let followUps = 0

  const take = (generation: Generation, request?: string) => {
    const results: ReturnType<typeof runCall>[] = []
    const reader = readGeneration(generation, {
      report,
      ...(request === undefined ? {} : { request }),
      onMessage: (messageId) => {
        lastMessageId = messageId
      },
      onCall: (call) => void results.push(runCall(tools, call)),
    })
    readers.add(reader)
    void reader.ended.then(() => {
      readers.delete(reader)
      if (results.length === 0) return
      followUps += 1
      void report.follow({ id: `follow-up ${followUps}`, kind: "other" }, answer(results))
    })
  }
  /** As AgentSession does: every output first, then one reply to them all. */
  const answer = async (running: readonly ReturnType<typeof runCall>[]) => {
    const results = await Promise.all(running)
    const outputs = results.map((result) => livekit.llm.FunctionCallOutput.create(result))
    await changeContext(({ items }) => void items.push(...outputs))
    take(await session().generateReply())
  }
  return {
    take,
    ask(request, before, instructions) {
      const abort = new AbortController()
      waiting.set(request, abort)
      const asked = before()
        .then(() => session().generateReply(instructions, { signal: abort.signal }))
        .finally(() => waiting.delete(request))
      asked.then(
        (generation) => take(generation, request),
        () => {},
      )
      void report.follow({ id: `reply ${request}`, kind: "reply", request }, asked, (generation) =>
        responseOf(generation as Generation),
      )
    },
    giveUp(request) {
      waiting.get(request)?.abort()
      return waiting.has(request)
    },
    isRead: (request) => [...readers].some((reader) => reader.request === request),
    discard: () => {
      for (const reader of readers) reader.discard()
    },
    lastMessageId: () => lastMessageId,
  }
}

const responseOf = ({ responseId }: Generation) => (responseId === undefined ? {} : { response: responseId })
