// Drives RealtimeClient of openai-realtime-api, a fork of OpenAI's own client of the retired beta. It speaks the beta's names
// and nothing else.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import type { RealtimeApi, RealtimeClient, ResponseEvent } from "./shapes.ts"

const can: readonly Capability[] = [
  "text-turn",
  "request-reply",
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

export const openAiRealtimeApi = (version: string, library: RealtimeApi): Adapter => ({
  name: "openai-realtime-api",
  version,
  protocol: "realtime",
  can,
  dialects: ["beta"],
  open: (world) => openDriver(world, library),
})

function openDriver(world: World, { RealtimeClient }: RealtimeApi): Driver {
  const { report } = world
  const client = new RealtimeClient({
    url: world.url,
    apiKey: world.apiKey,
    model: world.model,
    sessionConfig: {
      modalities: world.output === "audio" ? ["text", "audio"] : ["text"],
      turn_detection: { type: "server_vad" },
    },
  })
  for (const { name, description, parameters, run } of world.tools)
    client.addTool({ name, description, parameters }, (args) => run(args))
  reportSightings(client, world)
  let connects = 0
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        connects += 1
        return void report.follow({ id: `connect ${connects}`, kind: "connect" }, connect())
      case "say":
        return client.sendUserMessageContent([{ type: "input_text", text: operation.text }])
      case "request":
        return client.createResponse()
      case "cancel":
        return client.cancelResponse()
      case "speak":
        return client.appendInputAudio(samplesOf(operation.audio))
      case "update":
        return client.updateSession({ instructions: operation.instructions })
      case "close":
        return client.disconnect()
      default:
        throw new Error(`the adapter cannot ${operation.do}`)
    }
  }
  const connect = async () => {
    await client.connect()
    report.state("connected")
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

/** The client tells its app of items that change; of responses, errors and the connection's end its `realtime` does. */
function reportSightings(client: RealtimeClient, { report }: World): void {
  client.on("conversation.updated", ({ item, delta }) => {
    if (item.role !== "assistant") return
    const response = client.conversation.responses.find(({ output }) => output.some((each) => each?.id === item.id))
    const of = response === undefined ? {} : { response: response.id }
    const text = delta?.text ?? delta?.transcript
    if (text) report.heard({ text, ...of })
    if (delta?.audio) report.heard({ audio: Buffer.from(delta.audio.buffer).toString("base64"), ...of })
  })
  const from = ({ response }: ResponseEvent) => (response?.id === undefined ? {} : { response: response.id })
  client.realtime.on("server.response.created", (event) => report.turn({ is: "started", ...from(event) }))
  client.realtime.on("server.response.done", (event) =>
    report.turn({ is: "ended", ...from(event), ...(event.response?.status ? { status: event.response.status } : {}) }),
  )
  client.realtime.on("server.error", ({ error }) => report.error(error))
  client.realtime.on("close", () => report.state("disconnected"))
}

const samplesOf = (audio: string) => new Int16Array(Uint8Array.from(Buffer.from(audio, "base64")).buffer)
