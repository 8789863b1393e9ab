// A log as a story: what the server said waits for its causes (what the client had sent before it: so many events, so much
// audio) and not for the clock; what the app asked for is guessed.
import type { Capability, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"
import type { Scenario, ToolScript } from "../script/scenario.ts"
import type { Step } from "../script/steps.ts"
import type { LogEntry } from "../wirelog/log.ts"
import { audioBytes, revived } from "../wirelog/revive.ts"
import { type Causes, createCauses } from "./causes.ts"
import { createNames, type Guesses, guess } from "./infer.ts"
import { namedEvents } from "./named.ts"
import { isAppend, type WholeLog } from "./sessions.ts"

/** Virtual time that the client has to send what it had sent: more than any time-out that we know of. */
const patienceMs = 30_000

export interface LogStory {
  readonly scenario: Scenario
  /** What the app may have asked for and this client cannot. */
  readonly cannot: readonly Capability[]
}

export interface StoryOptions {
  readonly id: string
  readonly protocol: "realtime" | "responses"
  readonly can: readonly Capability[]
}

export function storyOf(log: WholeLog, { id, protocol, can }: StoryOptions): LogStory {
  const names = createNames()
  const connections = [...log.sent.keys()]
  const guesses = new Map(connections.map((key) => [key, guess(log.sent.get(key) ?? [], can, names, protocol)]))
  const client = new Map(connections.map((key) => [key, eventsOf(log, key)]))
  const writer = createWriter(log, client, guesses, can)
  for (const entry of log.entries) writer.write(entry)
  const tools = toolsIn(log)
  const scenario: Scenario = {
    id,
    title: `What ${log.header.client?.name ?? "a client"} lived through, as it was recorded`,
    cites: ["wire log"],
    grade: "observed",
    source: `wire log${log.header.recordedAt ? ` of ${log.header.recordedAt}` : ""}`,
    needs: [],
    judgedBy: [],
    protocol,
    output: outputIn(log),
    ...(tools.length > 0 ? { tools } : {}),
    server: {
      asRecorded: {
        client: [...client.values()],
        uncounted: [...log.uncounted],
      },
    },
    story: writer.end(),
  }
  return { scenario, cannot: [...new Set([...guesses.values()].flatMap(({ cannot }) => [...cannot]))] }
}

const eventsOf = (log: WholeLog, key: number): readonly WireEvent[] =>
  log.isOfAnother ? namedEvents(log, key) : (log.sent.get(key) ?? []).map(({ event }) => event)

function createWriter(
  { sent, uncounted, isOfAnother }: WholeLog,
  client: ReadonlyMap<number, readonly WireEvent[]>,
  guesses: ReadonlyMap<number, Guesses>,
  can: readonly Capability[],
) {
  const story: Step[] = []
  const waited = new Map<number, string>()
  const count = new Map<number, { events: number; audioBytes: number }>()
  const causes = new Map<number, Causes>()
  let audio: { key: number; bytes: number } | undefined

  const soFar = (key: number) => {
    const known = count.get(key) ?? { events: 0, audioBytes: 0 }
    count.set(key, known)
    return known
  }
  const causesOf = (key: number) => {
    const known = causes.get(key) ?? createCauses()
    causes.set(key, known)
    return known
  }
  const numberOf = (key: number) => [...client.keys()].indexOf(key) + 1
  const wait = (key: number, withinMs: number, otherwise?: Operation, events = soFar(key).events) => {
    const target = { connection: numberOf(key), ...soFar(key), events }
    story.push({
      ...{ actor: "time", step: "passes-until-heard", ...target, withinMs },
      ...(otherwise ? { otherwise } : {}),
    } as Step)
  }
  /** What the app said into the microphone, in one go. */
  const speak = () => {
    if (!audio) return
    const spoken = Buffer.alloc(audio.bytes).toString("base64")
    if (can.includes("audio-input"))
      story.push({ actor: "user", step: "performs", operation: { do: "speak", audio: spoken } })
    soFar(audio.key).audioBytes += audio.bytes
    audio = undefined
  }
  /** Another client may wait for an item to be acknowledged before it sends what the recorded one had sent along. */
  const causeOf = (key: number, entry: LogEntry): number => {
    const { events } = soFar(key)
    const isAck =
      isOfAnother && entry.kind === "event" && /^conversation\.item\.(added|created|done)$/.test(entry.event.type)
    const id = isAck ? read.text(read.members(entry.event.item).id) : null
    const asked = id === null ? -1 : (client.get(key) ?? []).findIndex(({ item }) => read.members(item).id === id)
    return asked < 0 ? events : Math.min(events, asked + 1)
  }
  const waitOnce = (key: number, entry: LogEntry) => {
    const events = causeOf(key, entry)
    const state = JSON.stringify({ ...soFar(key), events })
    if (waited.get(key) === state) return
    waited.set(key, state)
    wait(key, patienceMs, undefined, events)
  }
  const connectAgain = (key: number) => {
    if (numberOf(key) > 1) wait(key, can.includes("reconnect") ? patienceMs : 0, { do: "connect" })
  }
  const heardEvent = (key: number) => {
    const at = soFar(key).events
    const operation = guesses.get(key)?.of(at)
    soFar(key).events += 1
    if (operation) wait(key, 0, operation)
  }
  const isKnown = new Set<number>()
  return {
    write(entry: LogEntry) {
      const { connection: key, side } = entry
      if (!sent.has(key)) return
      const appended = side === "client" && entry.kind === "event" && isAppend(entry.event)
      if (!appended || (audio && audio.key !== key)) speak()
      if (!isKnown.has(key)) connectAgain(key)
      isKnown.add(key)
      if (appended && entry.kind === "event")
        audio = { key, bytes: (audio?.bytes ?? 0) + audioBytes(entry.event.audio) }
      else if (side === "client" && entry.kind === "event") {
        if (!uncounted.has(entry.event.type)) heardEvent(key)
      } else if (side === "client" && entry.kind === "close")
        story.push({ actor: "user", step: "performs", operation: { do: "close" } })
      else if (side === "server") serverStep(entry, () => waitOnce(key, entry), numberOf(key), story, causesOf(key))
    },
    end() {
      speak()
      return story
    },
  }
}

function serverStep(entry: LogEntry, wait: () => void, connection: number, story: Step[], causes: Causes) {
  const tells = (action: Extract<Step, { actor: "server" | "network" }>) => {
    if (entry.kind !== "event" || causes.isAnswer(entry.event)) wait()
    story.push(action)
  }
  switch (entry.kind) {
    case "event":
      return tells({
        actor: "server",
        step: "acts",
        action: { does: "tells", event: revived(entry.event), connection },
      })
    case "text":
      return tells({ actor: "server", step: "acts", action: { does: "sends-text", text: entry.text } })
    case "binary":
      return tells({ actor: "server", step: "acts", action: { does: "sends-binary", bytes: entry.bytes } })
    case "close":
      return tells({ actor: "network", step: "acts", action: closing(entry.code, entry.reason) })
    case "drop":
      return tells({ actor: "network", step: "acts", action: { does: "drops", reset: false } })
  }
}

/** 1005 is a close frame without a code, which nobody can ask for. */
const closing = (code: number, reason: string) =>
  ({ does: "closes", code: code === 1005 || code === 1006 ? 1000 : code, reason }) as const

/** The session's modality as the client first asked for it. */
export function outputIn({ sent }: WholeLog): "audio" | "text" {
  for (const events of sent.values())
    for (const { event } of events) {
      const { output_modalities, modalities } = read.members(event.session)
      const asked = read.list(output_modalities ?? modalities)
      if (asked.length > 0) return asked.includes("audio") ? "audio" : "text"
    }
  return "audio"
}

function argumentsIn(text: unknown): string[] {
  try {
    return Object.keys(read.members(JSON.parse(String(text))))
  } catch {
    return []
  }
}

/** Tools that were called, and what the first call of each came to. */
export function toolsIn({ entries, sent }: WholeLog): ToolScript[] {
  const outputs = new Map<string, string>()
  for (const events of sent.values())
    for (const { event } of events)
      for (const given of [event.item, ...read.list(event.input)]) {
        const { type, call_id, output } = read.members(given)
        if (type === "function_call_output" && typeof call_id === "string") outputs.set(call_id, String(output))
      }
  const tools = new Map<string, ToolScript>()
  for (const entry of entries) {
    if (entry.kind !== "event" || entry.side !== "server") continue
    const { type, name, call_id, arguments: given } = read.members(entry.event.item)
    if (type !== "function_call" || typeof name !== "string" || typeof call_id !== "string") continue
    const answers = outputs.get(call_id)
    const takes = argumentsIn(given)
    const known = tools.get(name) ?? { name, ...(answers === undefined ? {} : { answers }) }
    tools.set(name, { ...known, ...(takes.length > 0 && `${takes}` !== "query" ? { takes } : {}) })
  }
  return [...tools.values()]
}
