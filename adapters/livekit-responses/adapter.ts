// Drives the Responses LLM of @livekit/agents-plugin-openai over its pooled WebSocket. As in LiveKit's AgentSession, the
// app keeps the chat context, hands a copy of it to each chat(), and runs the tools that a reply calls.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { withBody } from "../livekit/errors.ts"
import type { ChatStream, FunctionCall, LiveKit, ResponsesLlm } from "../livekit/shapes.ts"
import { runCall, toolContext } from "../livekit/tools.ts"

const can: readonly Capability[] = [
  "text-turn",
  "reply-stream",
  "cancel",
  "cancel-request",
  "text-output",
  "tools",
  "error-event",
  "reconnect",
  "conversation",
  "concurrent",
  "retry",
  "connection-pool",
]

export const livekitResponses = (version: string, livekit: LiveKit): Adapter => ({
  name: "livekit-responses",
  version,
  protocol: "responses",
  can,
  open: (world) => openDriver(world, livekit),
})

function openDriver(world: World, livekit: LiveKit): Driver {
  const { report, tools } = world
  const { llm } = livekit
  const context = llm.ChatContext.empty()
  const toolCtx = tools.length > 0 ? { toolCtx: toolContext(livekit, tools) } : {}
  /** Those that are read, and that the app has not interrupted, by their requests. */
  const streams = new Map<ChatStream, string>()
  let client: ResponsesLlm | undefined
  let count = 0
  let isClosed = false

  const connect = () => {
    client = new livekit.responses.LLM({
      apiKey: world.apiKey,
      baseURL: world.url.replace(/\/responses$/, ""),
      model: world.model,
      useWebSocket: true,
    })
    client.on("error", ({ error }) => report.error(withBody(error)))
    client.prewarm()
  }
  const chat = (request: string) => {
    if (!client) throw new Error("the app asked for something before it connected")
    const stream = client.chat({ chatCtx: context.copy(), ...toolCtx })
    streams.set(stream, request)
    const future = `stream ${++count} of ${request}`
    const calls: FunctionCall[] = []
    void report
      .follow({ id: future, kind: "stream", request }, read(stream, future, calls), (response) =>
        response ? { response: `${response}` } : {},
      )
      .then(() => {
        const isWanted = streams.delete(stream)
        // An app that has closed asks for nothing more, and what was interrupted is not gone on with.
        if (calls.length > 0 && !isClosed && isWanted) void answerCalls(request, calls)
      })
  }
  /** Resolves with the wire id of the response that the stream ended with: where a request is sent again, the stream goes
   * on with another response. */
  const read = async (stream: ChatStream, future: string, calls: FunctionCall[]) => {
    let text = ""
    let response: string | undefined
    for await (const { id, delta } of stream) {
      if (id !== "" && id !== response) {
        response = id
        report.turn({ is: "started", response })
      }
      calls.push(...(delta?.toolCalls ?? []))
      if (!delta?.content) continue
      text += delta.content
      report.heard({ text: delta.content, future, ...(response === undefined ? {} : { response }) })
    }
    if (response !== undefined) report.turn({ is: "ended", response })
    if (text !== "") context.addMessage({ role: "assistant", content: text })
    return response
  }
  /** As AgentSession does: every call and its output into the context, then one more chat() over it all. */
  const answerCalls = async (request: string, calls: readonly FunctionCall[]) => {
    const results = await Promise.all(calls.map((call) => runCall(tools, call)))
    context.items.push(...calls, ...results.map((result) => llm.FunctionCallOutput.create(result)))
    chat(request)
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return connect()
      case "say":
        context.addMessage({ role: "user", content: operation.text })
        return chat(operation.request)
      case "cancel":
        for (const [stream, request] of streams) {
          if (operation.request !== undefined && operation.request !== request) continue
          streams.delete(stream)
          stream.close()
        }
        return
      case "close":
        isClosed = true
        return void report.follow({ id: `close ${++count}`, kind: "close" }, client?.close() ?? Promise.resolve())
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
