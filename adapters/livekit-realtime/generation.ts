// Reads one generation to its end and reports what it delivers: messages with a text and an audio stream each, and calls.
import type { Report } from "../../harness/adapter.ts"
import type { FunctionCall, Generation, Message } from "../livekit/shapes.ts"

export interface Reading {
  readonly report: Report
  readonly request?: string
  readonly onMessage: (messageId: string) => void
  readonly onCall: (call: FunctionCall) => void
}

/** A generation that is being read. `ended` resolves when all of its streams have. */
export interface Reader {
  readonly request: string | undefined
  readonly ended: Promise<void>
  /** The app interrupted it: nothing more of it is played or run, as in LiveKit's AgentSession. Still read to its end. */
  discard(): void
}

export function readGeneration(generation: Generation, { report, request, onMessage, onCall }: Reading): Reader {
  const response = generation.responseId
  const of = { ...(response === undefined ? {} : { response }) }
  const future = `stream of ${response}`
  let wanted = true
  const readMessage = async ({ messageId, textStream, audioStream }: Message) => {
    onMessage(messageId)
    const reading = [
      each(textStream, (piece) => {
        if (wanted) report.heard({ text: typeof piece === "string" ? piece : piece.text, future, ...of })
      }),
      each(audioStream, ({ data }) => {
        const audio = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64")
        if (wanted) report.heard({ audio, future, ...of })
      }),
    ]
    await Promise.all(reading)
  }
  const readMessages = async () => {
    const messages: Promise<void>[] = []
    await each(generation.messageStream, (message) => void messages.push(readMessage(message)))
    await Promise.all(messages)
  }
  const readCalls = () =>
    each(generation.functionStream, (call) => {
      if (wanted) onCall(call)
    })
  report.turn({ is: "started", ...of })
  const ended = report.follow(
    { id: future, kind: "stream", ...of, ...(request === undefined ? {} : { request }) },
    Promise.all([readMessages(), readCalls()]),
  )
  return {
    request,
    ended: ended.then(() => report.turn({ is: "ended", ...of })),
    discard: () => {
      wanted = false
    },
  }
}

async function each<T>(stream: AsyncIterable<T>, take: (value: T) => void): Promise<void> {
  for await (const value of stream) take(value)
}
