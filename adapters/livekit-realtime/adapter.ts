// Drives the RealtimeSession of @livekit/agents-plugin-openai: the layer under LiveKit's AgentSession, which is the app
// here. What AgentSession does with a session is what this does: see notes.md.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { withBody } from "../livekit/errors.ts"
import type { LiveKit, RealtimeSession } from "../livekit/shapes.ts"
import { toolContext } from "../livekit/tools.ts"
import { createContext } from "./context.ts"
import { createReplies, type Replies } from "./replies.ts"

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

/** An adapter of one version; `more`: what it can do and the earliest pinned ones cannot. */
export const livekitRealtime = (version: string, livekit: LiveKit, more: readonly Capability[]): Adapter => ({
  name: "livekit-realtime",
  version,
  protocol: "realtime",
  can: [...can, ...more],
  open: (world) => openDriver(world, livekit),
})

function openDriver(world: World, livekit: LiveKit): Driver {
  const { report } = world
  let opened: RealtimeSession | undefined
  const session = () => {
    if (!opened) throw new Error("the app asked for something before it connected")
    return opened
  }
  const changeContext = createContext(session)
  const replies = createReplies({ world, livekit, session, changeContext })
  let count = 0
  const follow = (kind: "other" | "cancel" | "close", act: () => Promise<void>) => {
    count += 1
    void report.follow({ id: `${kind} ${count}`, kind }, act())
  }
  /** A session interrupts whatever is under way: of a request that is over, or has not been asked yet, there is nothing. */
  const cancel = (request: string | undefined) => {
    if (request !== undefined && replies.giveUp(request)) return
    if (request !== undefined && !replies.isRead(request)) throw new Error(`nothing of ${request} is under way`)
    replies.discard()
    follow("cancel", () => session().interrupt())
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        opened = connect(world, livekit, replies)
        return
      case "say": {
        const { request, text } = operation
        return replies.ask(request, () =>
          changeContext((context) => void context.addMessage({ role: "user", content: text })),
        )
      }
      case "request":
        return replies.ask(operation.request, async () => {}, operation.instructions)
      case "commit":
        return replies.ask(operation.request, () => session().commitAudio())
      case "cancel":
        return cancel(operation.request)
      case "speak":
        return session().pushAudio(frameOf(operation.audio, livekit))
      case "update":
        return follow("other", () => session().updateInstructions(operation.instructions))
      case "truncate": {
        const heard = { messageId: replies.lastMessageId(), audioEndMs: operation.heardMs }
        return follow("other", () => session().truncate(heard))
      }
      case "close":
        return follow("close", () => session().close())
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

/** A session dials by itself and tells nobody when it has connected. */
function connect(world: World, livekit: LiveKit, replies: Replies): RealtimeSession {
  const { report, tools } = world
  const session = new livekit.realtime.RealtimeModel({
    apiKey: world.apiKey,
    baseURL: world.url.replace(/\/realtime$/, ""),
    model: world.model,
    modalities: world.output === "audio" ? ["text", "audio"] : ["text"],
    turnDetection: undefined,
  }).session()
  session.on("error", ({ error }) => report.error(withBody(error)))
  session.on("session_reconnected", () => report.state("reconnected"))
  session.on("generation_created", (generation) => {
    if (!generation.userInitiated) replies.take(generation)
  })
  if (tools.length > 0) void session.updateTools(toolContext(livekit, tools))
  return session
}

function frameOf(audio: string, { AudioFrame }: LiveKit) {
  const samples = new Int16Array(Uint8Array.from(Buffer.from(audio, "base64")).buffer)
  return new AudioFrame(samples, 24_000, 1, samples.length)
}
