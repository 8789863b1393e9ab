// Drives RealtimeAgentAdapter of @langwatch/scenario over a RealtimeSession. The app above them is ScenarioExecution of the
// package, which makes one call() after the other, and hears the session's sound as it comes. See notes.md.
import type { RealtimeSession } from "agents-realtime-0.8.0"
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import type { Langwatch, Message } from "../langwatch/shapes.ts"

const can: readonly Capability[] = [
  "text-turn",
  "request-reply",
  "reply-future",
  "request-timeout",
  "audio-input",
  "audio-output",
  "text-output",
  "tools",
  "server-turns",
  "error-event",
  "connect-again",
]

export const langwatchAgent = (version: string, langwatch: Langwatch): Adapter => ({
  name: "langwatch-agent",
  version,
  protocol: "realtime",
  can,
  open: (world) => openDriver(world, langwatch),
})

function openDriver(world: World, langwatch: Langwatch): Driver {
  const { report, apiKey } = world
  const session = newSession(world, langwatch)
  const client = new langwatch.RealtimeAgentAdapter({
    role: langwatch.AgentRole.AGENT,
    agentName: "assistant",
    session,
  })
  let turns: Promise<unknown> = Promise.resolve()
  /** What the app asks for when the call that is under way has settled, and not at all if it closes before. */
  const later = new Set<Operation>()
  let future = ""
  let count = 0
  client.onAudioResponse(({ transcript }) => {
    if (transcript) report.heard({ text: transcript, whole: true, future })
  })
  const ask = (operation: Operation & { request: string }, newMessages: readonly Message[]) => {
    const { request } = operation
    const id = `reply ${request}`
    later.add(operation)
    turns = turns.then(() => {
      if (!later.delete(operation)) return
      future = id
      return report.follow({ id, kind: "reply", request }, client.call({ newMessages }))
    })
  }
  const close = () => {
    for (const operation of later) report.refused(operation, new Error("closed while another call was under way"))
    later.clear()
    follow("close", client.disconnect())
  }
  const follow = (kind: "connect" | "close", promise: Promise<void>) => {
    count += 1
    void report.follow({ id: `${kind} ${count}`, kind }, promise)
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return follow(
          "connect",
          client.connect({ apiKey, url: `${world.url}?model=${encodeURIComponent(world.model)}` }),
        )
      case "say":
        return ask(operation, [{ role: "user", content: operation.text }])
      case "request":
        return ask(operation, [])
      case "speak":
        return session.sendAudio(new Uint8Array(Buffer.from(operation.audio, "base64")).buffer)
      case "close":
        return close()
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

/** As the package's documentation has it: an agent with its tools, over the session's own WebSocket. */
function newSession(world: World, { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool }: Langwatch) {
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
  const session: RealtimeSession = new RealtimeSession(new RealtimeAgent({ name: "assistant", tools }), {
    transport: new OpenAIRealtimeWebSocket({ useInsecureApiKey: true }),
    model: world.model,
    tracingDisabled: true,
    config: { outputModalities: [world.output] },
  })
  session.on("error", ({ error }) => world.report.error(error))
  session.transport.on("connection_change", (status) => {
    if (status !== "connecting") world.report.state(status)
  })
  session.on("audio", ({ data, responseId }) =>
    world.report.heard({ audio: Buffer.from(data).toString("base64"), response: responseId }),
  )
  return session
}
