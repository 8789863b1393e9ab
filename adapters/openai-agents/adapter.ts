// @openai/agents-realtime: a RealtimeSession over its own WebSocket transport. Several versions stand side by side and are
// driven by the same code; notes.md says what surprised us.
import type { RealtimeSession } from "agents-realtime-0.20.0"
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"

export type Library = typeof import("agents-realtime-0.20.0")

const common: readonly Capability[] = [
  "text-turn",
  "cancel",
  "audio-input",
  "audio-output",
  "text-output",
  "tools",
  "session-update",
  "server-turns",
  "error-event",
  "connect-again",
]

/** 0.8.1 brought `transport.requestResponse()`: before it, an app that wants a reply sends a raw event of its own. */
const withRequestResponse: readonly Capability[] = ["request-reply", "out-of-band", "audio-commit", "request-queue"]

/** The adapter of one version, e.g. `0.20.0`. Imports the library: call it when time and network are ours. */
export async function openAiAgents(version: string, importLibrary: () => Promise<Library>): Promise<Adapter> {
  process.env.OPENAI_AGENTS_DISABLE_TRACING = "1"
  const library = await importLibrary()
  const asks = "requestResponse" in library.OpenAIRealtimeWebSocket.prototype
  return {
    name: "openai-agents",
    version,
    protocol: "realtime",
    can: asks ? [...common, ...withRequestResponse] : common,
    open: (world) => openDriver(library, world),
  }
}

function openDriver(library: Library, world: World): Driver {
  const { report } = world
  const session = newSession(library, world)
  reportSightings(session, world)
  let connects = 0
  const perform = (operation: Operation): void => {
    const { transport } = session
    switch (operation.do) {
      case "connect": {
        connects += 1
        const url = `${world.url}?model=${encodeURIComponent(world.model)}`
        void report.follow(
          { id: `connect ${connects}`, kind: "connect" },
          session.connect({ apiKey: world.apiKey, url }),
        )
        break
      }
      case "say":
        session.sendMessage(operation.text)
        break
      case "request": {
        const { instructions, outOfBand = false } = operation
        const asked = { ...(outOfBand ? { conversation: "none" } : {}), ...(instructions ? { instructions } : {}) }
        transport.requestResponse?.(Object.keys(asked).length > 0 ? asked : undefined)
        break
      }
      case "cancel":
        session.interrupt()
        break
      case "speak":
        session.sendAudio(new Uint8Array(Buffer.from(operation.audio, "base64")).buffer)
        break
      case "commit":
        transport.sendEvent({ type: "input_audio_buffer.commit" })
        transport.requestResponse?.()
        break
      case "update":
        transport.updateSessionConfig({ instructions: operation.instructions })
        break
      case "truncate":
        throw new Error("@openai/agents-realtime truncates when it interrupts, and has no call for it alone")
      case "close":
        session.close()
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

function newSession({ OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool }: Library, world: World) {
  const tools = world.tools.map(({ name, description, parameters, run }) =>
    tool({
      name,
      description,
      strict: true,
      parameters: { ...parameters, properties: { ...parameters.properties }, required: [...parameters.required] },
      execute: (args: unknown, _context: unknown, details?: { toolCall?: { callId?: string } }) =>
        run(args, details?.toolCall?.callId === undefined ? {} : { call_id: details.toolCall.callId }),
    }),
  )
  return new RealtimeSession(new RealtimeAgent({ name: "assistant", tools }), {
    transport: new OpenAIRealtimeWebSocket({ useInsecureApiKey: true }),
    model: world.model,
    tracingDisabled: true,
    config: { outputModalities: [world.output] },
  })
}

/** What the library tells its app through named events. `transport_event` repeats the wire, and is used only for text:
 * 0.8 has no event of its own for it. */
function reportSightings(session: RealtimeSession, { report }: World): void {
  session.on("error", ({ error }) => report.error(error))
  session.on("audio", ({ data, responseId }) =>
    report.heard({ audio: Buffer.from(data).toString("base64"), response: responseId }),
  )
  session.on("transport_event", (event) => {
    if (event.type === "response.output_text.delta")
      report.heard({ text: String(event.delta), response: String(event.response_id) })
  })
  const { transport } = session
  transport.on("audio_transcript_delta", ({ delta, responseId }) => report.heard({ text: delta, response: responseId }))
  transport.on("turn_started", ({ providerData }) => {
    const id = providerData?.response?.id
    report.turn({ is: "started", ...(typeof id === "string" ? { response: id } : {}) })
  })
  transport.on("turn_done", ({ response }) => report.turn({ is: "ended", response: response.id }))
  transport.on("connection_change", (status) => {
    if (status !== "connecting") report.state(status)
  })
}
