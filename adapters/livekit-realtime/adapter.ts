// Drives the RealtimeSession of @livekit/agents-plugin-openai: the layer under LiveKit's AgentSession, which is the app
// here. What AgentSession does with a session is what this does: see notes.md.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { withBody } from "../livekit/errors.ts"
import type { ChatContext, Generation, LiveKit, RealtimeSession } from "../livekit/shapes.ts"
import { runCall, toolContext } from "../livekit/tools.ts"
import { type Reader, readGeneration } from "./generation.ts"

const can: readonly Capability[] = [
  "text-turn",
  "request-reply",
  "reply-future",
  "reply-stream",
  "cancel",
  "audio-input",
  "audio-commit",
  "audio-output",
  "text-output",
  "tools",
  "session-update",
  "server-turns",
  "error-event",
  "reconnect",
  "truncate",
]

/** What some of the pinned versions can do and the earlier ones cannot. */
export interface Abilities {
  /** generateReply() takes a signal. */
  readonly cancelRequest: boolean
  /** generateReply() gives up after ten seconds. */
  readonly timeout: boolean
}

export const livekitRealtime = (version: string, livekit: LiveKit, abilities: Abilities): Adapter => ({
  name: "livekit-realtime",
  version,
  protocol: "realtime",
  can: [
    ...can,
    ...(abilities.cancelRequest ? (["cancel-request"] as const) : []),
    ...(abilities.timeout ? (["request-timeout"] as const) : []),
  ],
  open: (world) => openDriver(world, livekit),
})

function openDriver(world: World, livekit: LiveKit): Driver {
  const { report, tools } = world
  let session: RealtimeSession | undefined
  /** The app changes the chat context one step after the other. */
  let context: Promise<void> = Promise.resolve()
  const waiting = new Map<string, AbortController>()
  const readers = new Set<Reader>()
  let lastMessageId = ""
  let count = 0

  const opened = () => {
    if (!session) throw new Error("the app asked for something before it connected")
    return session
  }
  const connect = () => {
    session = new livekit.realtime.RealtimeModel({
      apiKey: world.apiKey,
      baseURL: world.url.replace(/\/realtime$/, ""),
      model: world.model,
      modalities: world.output === "audio" ? ["text", "audio"] : ["text"],
      turnDetection: undefined,
    }).session()
    session.on("error", ({ error }) => report.error(withBody(error)))
    session.on("session_reconnected", () => report.state("reconnected"))
    session.on("generation_created", (generation) => {
      if (!generation.userInitiated) take(generation)
    })
    if (tools.length > 0) void session.updateTools(toolContext(livekit, tools))
  }
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
      if (results.length > 0) void answerCalls(results)
    })
  }
  /** Every output first, then one reply to them all. */
  const answerCalls = async (running: readonly ReturnType<typeof runCall>[]) => {
    const results = await Promise.all(running)
    await follow("other", `outputs ${++count}`, async () => {
      await changeContext(({ items }) => {
        items.push(...results.map((result) => livekit.llm.FunctionCallOutput.create(result)))
      })
      await opened().generateReply().then(take)
    })
  }
  const changeContext = (change: (context: ChatContext) => void) => {
    context = context
      .catch(() => {})
      .then(() => {
        const copy = opened().chatCtx.copy()
        change(copy)
        return opened().updateChatCtx(copy)
      })
    return context
  }
  const reply = (request: string, before: () => Promise<void>, instructions?: string) => {
    const abort = new AbortController()
    waiting.set(request, abort)
    const asked = async () => {
      await before()
      return opened().generateReply(instructions, { signal: abort.signal })
    }
    const promise = asked().finally(() => waiting.delete(request))
    promise.then(
      (generation) => take(generation, request),
      () => {},
    )
    void report.follow({ id: `reply ${request}`, kind: "reply", request }, promise, responseOf)
  }
  const follow = (kind: "other" | "cancel" | "close", id: string, act: () => Promise<void>) =>
    report.follow({ id, kind }, act())
  const cancel = (request?: string) => {
    const pending = request === undefined ? undefined : waiting.get(request)
    if (pending) return pending.abort()
    for (const reader of readers) reader.discard()
    return void follow("cancel", `cancel ${++count}`, () => opened().interrupt())
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return connect()
      case "say": {
        const say = () => changeContext((chat) => void chat.addMessage({ role: "user", content: operation.text }))
        return reply(operation.request, say)
      }
      case "request":
        return reply(operation.request, async () => {}, operation.instructions)
      case "commit":
        return reply(operation.request, () => opened().commitAudio())
      case "cancel":
        return cancel(operation.request)
      case "speak": {
        const samples = new Int16Array(Uint8Array.from(Buffer.from(operation.audio, "base64")).buffer)
        return opened().pushAudio(new livekit.AudioFrame(samples, 24_000, 1, samples.length))
      }
      case "update":
        return void follow("other", `update ${++count}`, () => opened().updateInstructions(operation.instructions))
      case "truncate": {
        const heard = { messageId: lastMessageId, audioEndMs: operation.heardMs }
        return void follow("other", `truncate ${++count}`, () => opened().truncate(heard))
      }
      case "close":
        return void follow("close", `close ${++count}`, () => opened().close())
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

const responseOf = (value: unknown) => {
  const { responseId } = value as Generation
  return responseId === undefined ? {} : { response: responseId }
}
