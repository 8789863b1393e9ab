// What the app had asked for, told from what its client sent. A log does not say it, so each guess is performed only where the
// client does not send by itself what it had sent then.
import type { Capability, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"
import type { SentEvent } from "./sessions.ts"

export interface Guesses {
  /** The operation that brings about client event `at` of the connection, where one may. */
  of(at: number): Operation | undefined
  /** What could not be asked of this client. */
  readonly cannot: ReadonlySet<Capability>
}

const needs: Partial<Record<Operation["do"], Capability>> = {
  say: "text-turn",
  request: "request-reply",
  cancel: "cancel",
  commit: "audio-commit",
  update: "session-update",
  truncate: "truncate",
}

/** `names` gives each request a name that no other has. */
export function guess(
  sent: readonly SentEvent[],
  can: readonly Capability[],
  names: (text: string) => string,
  protocol: "realtime" | "responses",
): Guesses {
  const cannot = new Set<Capability>()
  const guessOf = protocol === "realtime" ? realtimeGuess : responsesGuess
  return {
    cannot,
    of(at) {
      const operation = guessOf(sent, at, names)
      const need = operation && needs[operation.do]
      if (need === undefined || can.includes(need)) return operation
      cannot.add(need)
      return undefined
    },
  }
}

function realtimeGuess(sent: readonly SentEvent[], at: number, names: (text: string) => string): Operation | undefined {
  const event = sent[at]?.event
  switch (event?.type) {
    case "conversation.item.create": {
      const text = userText(event.item)
      if (text === undefined || !isAnswered(sent, at)) return undefined
      return { do: "say", request: names(text), text }
    }
    case "response.create":
      return follows(sent, at) ? undefined : requestOf(event, names)
    case "input_audio_buffer.commit":
      return { do: "commit", request: names("spoken") }
    case "response.cancel":
      return { do: "cancel" }
    case "conversation.item.truncate":
      return { do: "truncate", heardMs: read.number(event.audio_end_ms) ?? 0 }
    case "session.update": {
      const isFirst = sent.findIndex((each) => each.event.type === event.type) === at
      const instructions = read.text(read.members(event.session).instructions)
      return isFirst || instructions === null ? undefined : { do: "update", request: names("update"), instructions }
    }
    default:
      return undefined
  }
}

function responsesGuess(
  sent: readonly SentEvent[],
  at: number,
  names: (text: string) => string,
): Operation | undefined {
  const event = sent[at]?.event
  if (event?.type !== "response.create") return undefined
  const { input } = event
  const last = typeof input === "string" ? input : read.list(input).at(-1)
  const text = typeof last === "string" ? last : userText(last)
  const lane = read.text(event.stream_id)
  return text === undefined ? undefined : { do: "say", request: names(text), text, ...(lane === null ? {} : { lane }) }
}

/** The words of a user's message. */
function userText(given: unknown): string | undefined {
  const item = read.members(given)
  if (item.role !== "user") return undefined
  if (typeof item.content === "string") return item.content
  const parts = read.list(item.content).map((part) => read.text(read.members(part).text))
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.join("") : undefined
}

/** A create follows before the user says something else: it was a question, and no history that is told. */
function isAnswered(sent: readonly SentEvent[], at: number): boolean {
  const next = sent
    .slice(at + 1)
    .find(({ event }) => event.type === "response.create" || userText(event.item) !== undefined)
  return next?.event.type === "response.create"
}

/** The create belongs to what was sent before it: a question, spoken audio, or the output of a tool. */
function follows(sent: readonly SentEvent[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const event = sent[before]?.event
    if (event?.type === "conversation.item.create" || event?.type === "input_audio_buffer.commit") return true
    if (event?.type === "response.create") return false
  }
  return false
}

function requestOf(event: WireEvent, names: (text: string) => string): Operation {
  const asked = read.members(event.response)
  const instructions = read.text(asked.instructions)
  return {
    do: "request",
    request: names(instructions ?? "reply"),
    ...(instructions === null ? {} : { instructions }),
    ...(asked.conversation === "none" ? { outOfBand: true } : {}),
  }
}

/** Words that say nothing of what is asked. */
const fillers = new Set("a an the please answer can could you i me my tell what is are to of for and do".split(" "))

/** `weather-berlin` from a text; numbered where that is taken. */
export function createNames(): (text: string) => string {
  const taken = new Map<string, number>()
  return (text) => {
    const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? []
    const telling = words.filter((word) => !fillers.has(word))
    const name = telling.slice(0, 3).join("-") || "reply"
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name}-${count}`
  }
}
