// Drives voice.OpenAIRealtimeAgentAdapter of @langwatch/scenario. The app above it listens as the package's own call()
// does: one receiveAudio() after the other, and a turn is over when nothing has come for a while. See notes.md.
import type { Adapter, Capability, Driver, Operation, World } from "../../harness/adapter.ts"
import type { Langwatch } from "../langwatch/shapes.ts"
import { createListening } from "./listening.ts"

const can: readonly Capability[] = [
  "text-turn",
  "reply-future",
  "request-timeout",
  "cancel",
  "audio-input",
  "audio-commit",
  "audio-output",
  "text-output",
  "connect-again",
]

export const langwatchVoice = (version: string, langwatch: Langwatch): Adapter => ({
  name: "langwatch-voice",
  version,
  protocol: "realtime",
  can,
  open: (world) => openDriver(world, langwatch),
})

function openDriver(world: World, { voice }: Langwatch): Driver {
  const { report, apiKey, model } = world
  const url = `${world.url}?model=${encodeURIComponent(model)}`
  const client = new voice.OpenAIRealtimeAgentAdapter({ url, apiKey, model })
  const listening = createListening(client, report)
  let count = 0
  let hasSpoken = false
  const follow = (kind: "connect" | "cancel" | "close" | "other", promise: Promise<void>) => {
    count += 1
    void report.follow({ id: `${kind} ${count}`, kind }, promise)
  }
  const perform = (operation: Operation) => {
    switch (operation.do) {
      case "connect":
        return follow("connect", client.connect())
      case "say": {
        const sent = client.sendText(operation.text)
        hasSpoken = false
        return listening.forReply(operation.request, sent)
      }
      case "speak":
        hasSpoken = true
        return follow("other", client.sendAudio(new voice.AudioChunk({ data: Buffer.from(operation.audio, "base64") })))
      case "commit":
        // receiveAudio() commits what was sent, if anything was: else it asks for nothing.
        if (!hasSpoken) throw new Error("there is nothing to commit")
        hasSpoken = false
        return listening.forReply(operation.request, Promise.resolve())
      case "cancel":
        return follow("cancel", client.interrupt())
      case "close":
        return follow("close", client.disconnect())
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
