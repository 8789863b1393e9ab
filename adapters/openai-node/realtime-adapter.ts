// Drives OpenAIRealtimeWS of the npm package `openai`: a transport that sends what it is given and emits what comes. What
// an app has to do above it is done here in the plainest way; notes.md says what that leaves to the app.
import { connect } from "node:net"
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import { followConnection } from "./connection.ts"
import type { OpenAiNode, RealtimeOptions, RealtimeWs } from "./shapes.ts"

const can: readonly Capability[] = [
  "text-turn",
  "audio-output",
  "text-output",
  "server-turns",
  "error-event",
  "reconnect",
  "connect-again",
  "sideband",
]

export const openAiNodeRealtime = (version: string, library: OpenAiNode): Adapter => ({
  name: "openai-node-realtime",
  version,
  protocol: "realtime",
  can,
  open: (world) => openDriver(world, library),
})

function openDriver(world: World, library: OpenAiNode): Driver {
  let opened: RealtimeWs | undefined
  let connects = 0
  const client = () => {
    if (!opened) throw new Error("the app asked for something before it connected")
    return opened
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        opened?.close()
        opened = dial(world, library)
        connects += 1
        reportConnection(opened, world, `connect ${connects}`)
        return reportSightings(opened, world)
      case "say": {
        const content = [{ type: "input_text", text: operation.text }]
        client().send({ type: "conversation.item.create", item: { type: "message", role: "user", content } })
        return client().send({ type: "response.create" })
      }
      case "close":
        return client().close()
      default:
        throw new Error(`the adapter cannot ${operation.do}`)
    }
  }
  return {
    perform(operation) {
      try {
        perform(operation)
      } catch (error) {
        world.report.refused(operation, error)
      }
    },
  }
}

/** It dials `wss:` and nothing else, so that a plain server on loopback needs a connection of the app's own. A session
 * that is joined by its call cannot be recovered. */
function dial({ url, apiKey, model, callId }: World, { OpenAI, OpenAIRealtimeWS }: OpenAiNode): RealtimeWs {
  const { protocol, host, hostname, port } = new URL(url)
  const options: RealtimeOptions = {
    ...(callId === undefined ? { model, reconnect: true, maxQueueBytes: 1_048_576 } : { callID: callId }),
    ...(protocol === "ws:" ? { options: { createConnection: () => connect(Number(port), hostname) } } : {}),
  }
  return new OpenAIRealtimeWS(options, new OpenAI({ apiKey, baseURL: `https://${host}/v1` }))
}

function reportConnection(client: RealtimeWs, { report, output, callId }: World, id: string): void {
  const configure = () =>
    client.send({ type: "session.update", session: { type: "realtime", output_modalities: [output] } })
  const onReconnected = () => {
    configure()
    client.flushPending()
  }
  followConnection({ id, client, isRecovered: callId === undefined, onOpen: configure, onReconnected }, report)
}

function reportSightings(client: RealtimeWs, { report }: World): void {
  const from = (id: string | undefined) => (id === undefined ? {} : { response: id })
  for (const type of ["response.output_text.delta", "response.output_audio_transcript.delta"])
    client.on(type, ({ delta, response_id }) => {
      if (delta) report.heard({ text: delta, ...from(response_id) })
    })
  client.on("response.output_audio.delta", ({ delta, response_id }) => {
    if (delta) report.heard({ audio: delta, ...from(response_id) })
  })
  client.on("response.created", ({ response }) => report.turn({ is: "started", ...from(response?.id) }))
  client.on("response.done", ({ response }) =>
    report.turn({ is: "ended", ...from(response?.id), ...(response?.status ? { status: response.status } : {}) }),
  )
}
