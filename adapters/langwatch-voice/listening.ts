// How an app listens to a client that hands out bare pieces of sound: as drainAgentResponse() of the package does, but that
// it goes on while there is something that it asked for.
import type { Report } from "../../harness/adapter.ts"
import type { VoiceClient } from "../langwatch/shapes.ts"

export interface Listening {
  /** Listens for the reply to what was `sent`, from now on or with the call that is under way. */
  forReply(request: string, sent: Promise<void>): void
}

interface Ask {
  answer(): void
  fail(error: unknown): void
}

export function createListening(client: VoiceClient, report: Report): Listening {
  const waiting: Ask[] = []
  let isListening = false
  let transcript: string | null = null
  let turns = 0
  let turn: string | undefined
  let owner: { readonly future?: string } = {}

  const begin = () => {
    turns += 1
    turn = `turn ${turns}`
    report.opened({ id: turn, kind: "other" })
  }
  const end = (outcome: Parameters<Report["settled"]>[1]) => {
    if (turn !== undefined) report.settled(turn, outcome)
    turn = undefined
  }
  const hearTranscript = () => {
    const text = client.lastAgentTranscript
    if (text !== null && text !== transcript) report.heard({ text, whole: true, ...owner })
    transcript = text
  }
  /** Whose piece it is, nobody says: it answers all that waits. An empty one, but for the first, ends the turn. */
  const hearNext = async (withinSeconds: number) => {
    const { data } = await client.receiveAudio(withinSeconds)
    for (const ask of waiting.splice(0)) ask.answer()
    if (data.length === 0 && turn !== undefined) return end({ as: "resolved" })
    if (turn === undefined) begin()
    if (data.length > 0) report.heard({ audio: Buffer.from(data).toString("base64"), ...owner })
  }
  /** A silence is the end of a turn: the client tells no other. */
  const fail = (error: unknown, isSilence: boolean) => {
    if (isSilence) return end({ as: "resolved" })
    const ask = waiting.shift()
    if (ask) ask.fail(error)
    else end({ as: "rejected", error })
  }
  const listen = async () => {
    isListening = true
    while (waiting.length > 0 || turn !== undefined) {
      const isTail = waiting.length === 0
      try {
        await hearNext(isTail ? client.responseTailSilence : client.responseTimeout)
      } catch (error) {
        fail(error, isTail && error instanceof Error && error.message.endsWith("receiveAudio timed out"))
      }
      hearTranscript()
    }
    isListening = false
  }
  return {
    forReply(request, sent) {
      const reply = new Promise<void>((answer, fail) => waiting.push({ answer, fail }))
      void report.follow({ id: `reply ${request}`, kind: "reply", request }, Promise.all([sent, reply]))
      // To an app that asks for one thing and listens to its end, as call() does, whatever comes is the answer.
      owner = isListening ? {} : { future: `reply ${request}` }
      if (!isListening) void listen()
    },
  }
}
