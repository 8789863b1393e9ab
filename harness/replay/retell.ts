// A log told again in the words that scenarios are written in: what the app asked for, what the client sent for it, and what the
// server did beyond what a correct server does by itself. Of texts and audio only the amount is kept: output bears marks.
import { type Capability, capabilities, type Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import { read } from "../protocol/realtime/read.ts"
import type { LogEntry } from "../wirelog/log.ts"
import { audioBytes } from "../wirelog/revive.ts"
import { createNames, type Guesses, guess } from "./infer.ts"
import { isAppend, type WholeLog } from "./sessions.ts"

export interface Retold {
  /** Names of responses, in order; each is a `const`. */
  readonly responses: readonly string[]
  /** Steps as source text. */
  readonly steps: readonly string[]
  readonly needs: readonly Capability[]
  /** Words of those that the file has to import. */
  readonly actors: Set<string>
}

const everything = Object.keys(capabilities) as Capability[]

/** What `server.callsTool` gives where nothing is said. */
const usualArguments = '{"query":"now"}'

interface Told {
  readonly name: string
  /** Deltas streamed and not yet told. */
  pieces: number
  hasOutput: boolean
}

export function retell(log: WholeLog, protocol: "realtime" | "responses"): Retold {
  const names = createNames()
  const guesses = new Map([...log.sent].map(([key, sent]) => [key, guess(sent, everything, names, protocol)]))
  const teller = createTeller(protocol, guesses)
  for (const entry of log.entries) teller.tell(entry)
  return teller.end()
}

/** As the house quotes: with the quotes that the text has not. */
const quoted = (text: string) => (text.includes('"') && !/['\\\n]/.test(text) ? `'${text}'` : JSON.stringify(text))

/** What a scenario may ask of any client; the rest is one library's way. */
const asksOfAll = new Set([
  "response.create",
  "response.cancel",
  "conversation.item.create",
  "input_audio_buffer.commit",
  "response.steer",
])

function createTeller(protocol: "realtime" | "responses", guesses: ReadonlyMap<number, Guesses>) {
  const steps: string[] = []
  const actors = new Set(["scenario"])
  const needs = new Set<Capability>()
  const told = new Map<string, Told>()
  const counts = new Map<number, number>()
  /** Requests whose create is not answered yet; the last one goes on where a tool's output is followed up. */
  const waiting: (string | null)[] = []
  const calls = new Map<string, number>()
  let latest: string | null = null
  let spoken = 0
  let running: string | undefined

  const add = (actor: string, step: string) => {
    actors.add(actor)
    steps.push(`${actor}.${step}`)
  }
  const flush = () => {
    for (const each of told.values()) {
      if (each.pieces > 0) add("server", `streams(${each.name}${each.pieces === 2 ? "" : `, ${each.pieces}`})`)
      each.pieces = 0
    }
  }
  const speak = () => {
    if (spoken > 0) add("user", `speaks(${Math.max(10, Math.round(spoken / 48))})`)
    if (spoken > 0) needs.add("audio-input")
    spoken = 0
  }
  const clientEvent = (connection: number, event: WireEvent) => {
    const at = counts.get(connection) ?? 0
    counts.set(connection, at + 1)
    const operation = guesses.get(connection)?.of(at)
    if (operation && operation.do !== "truncate") {
      add("user", asked(operation))
      needs.add(needOf(operation))
      if (operation.do === "request" && operation.outOfBand) needs.add("out-of-band")
      if ("request" in operation && operation.do !== "update") latest = operation.request
    }
    if (event.type === "response.create") waiting.push(latest)
    // When a client sends what the user said is its own affair: some hold it back until a response is over.
    if (operation?.do === "say" && event.type === "conversation.item.create") return
    if (asksOfAll.has(event.type)) add("client", `mustSend(${quoted(event.type)})`)
  }
  const created = (event: WireEvent) => {
    const id = read.text(read.members(event.response).id)
    if (id === null || told.has(id)) return
    const request = waiting.shift() ?? null
    const name = variable(request ?? "spoken", told)
    told.set(id, { name, pieces: 0, hasOutput: false })
    running = id
    if (request === null) needs.add("server-turns")
    add("server", `startsResponse(${name}, { for: ${request === null ? "null" : quoted(request)} })`)
  }
  const ended = (event: WireEvent) => {
    const response = read.members(event.response)
    const known = told.get(read.text(response.id) ?? "")
    if (!known) return
    const details = read.members(response.status_details ?? response.incomplete_details)
    const status = read.text(response.status) ?? "completed"
    if (status === "completed") add("server", `finishes(${known.name})`)
    if (status === "failed") add("server", failure(known.name, read.members(details.error ?? response.error)))
    if (status === "incomplete")
      add("server", `ends(${known.name}, "incomplete", ${quoted(read.text(details.reason) ?? "max_output_tokens")})`)
  }
  const called = (event: WireEvent) => {
    const item = read.members(event.item)
    const known = told.get(read.text(event.response_id) ?? running ?? "")
    const tool = read.text(item.name)
    if (item.type !== "function_call" || !known || tool === null) return
    needs.add("tools")
    const count = (calls.get(tool) ?? 0) + 1
    calls.set(tool, count)
    const call = count === 1 ? "" : `call: ${quoted(`${tool}_${count}`)}, `
    const args = read.text(item.arguments) ?? "{}"
    const how = `${call}${args === usualArguments ? "" : `args: ${quoted(args)}`}`.replace(/, $/, "")
    add("server", `callsTool(${known.name}, ${quoted(tool)}${how === "" ? "" : `, { ${how} }`})`)
  }
  const speech: Readonly<Record<string, string>> = {
    "input_audio_buffer.speech_started": "starts",
    "input_audio_buffer.speech_stopped": "stops",
  }
  const serverEvent = (event: WireEvent) => {
    const { type } = event
    if (/(text|transcript)\.delta$/.test(type) && type.startsWith("response.")) {
      const known = told.get(read.text(event.response_id) ?? running ?? "")
      if (known) known.hasOutput = true
      if (known) known.pieces += 1
      return
    }
    const part = speech[type]
    if (/\.delta$|part\.|rate_limits/.test(type)) return
    flush()
    if (type === "response.created") created(event)
    else if (/^response\.(done|completed|failed|incomplete)$/.test(type)) ended(event)
    else if (type === "response.output_item.done") called(event)
    else if (part) add("server", `hearsSpeech(${quoted(part)})`)
    else if (type === "input_audio_buffer.committed" && steps.at(-1)?.includes('hearsSpeech("stops")'))
      add("server", 'hearsSpeech("commits")')
    else if (type === "error") failed(event)
  }
  const failed = (event: WireEvent) => {
    const { code, message } = read.members(event.error ?? event)
    const request = waiting.shift()
    const of = request ? `, for: ${quoted(request)}` : ""
    const words = typeof message === "string" ? `, message: ${quoted(message)}` : ""
    add("server", `errors({ code: ${code === undefined ? "null" : JSON.stringify(code)}${words}${of} })`)
  }
  return {
    tell(entry: LogEntry) {
      const isAudio = entry.kind === "event" && entry.side === "client" && isAppend(entry.event)
      if (isAudio) {
        spoken += audioBytes(entry.event.audio)
        return
      }
      speak()
      if (entry.kind === "event") {
        if (entry.side === "server") return serverEvent(entry.event)
        flush()
        return clientEvent(entry.connection, entry.event)
      }
      flush()
      if (entry.side === "server" && entry.kind === "close")
        add(
          "network",
          `closes(${entry.code === 1005 ? 1000 : entry.code}${entry.reason ? `, ${quoted(entry.reason)}` : ""})`,
        )
      if (entry.side === "server" && entry.kind === "drop") add("network", "drops()")
      if (entry.side === "client" && entry.kind === "handshake" && entry.connection > 1) {
        needs.add("reconnect")
        add("time", "passes({ untilConnected: true })")
      }
    },
    end(): Retold {
      speak()
      flush()
      for (const each of told.values()) if (each.hasOutput) add("user", `mustHear(${each.name})`)
      if (protocol === "responses" && calls.size > 0) needs.add("conversation")
      return {
        responses: [...told.values()].map(({ name }) => name),
        steps: shortened(steps),
        needs: [...needs],
        actors,
      }
    },
  }
}

/** Starts, streams twice and finishes: that is `replies`. */
function shortened(steps: readonly string[]): string[] {
  const short: string[] = []
  for (let at = 0; at < steps.length; at++) {
    const [, name, how] = /^server\.startsResponse\((\w+), (.*)\)$/.exec(steps[at] ?? "") ?? []
    const isReply = steps[at + 1] === `server.streams(${name})` && steps[at + 2] === `server.finishes(${name})`
    short.push(isReply ? `server.replies(${name}, ${how})` : (steps[at] ?? ""))
    if (isReply) at += 2
  }
  return short
}

function asked(operation: Operation): string {
  switch (operation.do) {
    case "say":
      return operation.lane === undefined
        ? `says(${quoted(operation.request)}${operation.text === `Please answer ${operation.request}.` ? "" : `, ${quoted(operation.text)}`})`
        : `saysOn(${quoted(operation.lane)}, ${quoted(operation.request)}, ${quoted(operation.text)})`
    case "request": {
      const { request, instructions, outOfBand } = operation
      const how = [
        ...(instructions === undefined ? [] : [`instructions: ${quoted(instructions)}`]),
        ...(outOfBand ? ["outOfBand: true"] : []),
      ]
      return `requestsReply(${quoted(request)}${how.length > 0 ? `, { ${how.join(", ")} }` : ""})`
    }
    case "commit":
      return `commits(${quoted(operation.request)})`
    case "update":
      return `updates(${quoted(operation.request)}, ${quoted(operation.instructions)})`
    default:
      return "cancels()"
  }
}

function needOf({ do: what }: Operation): Capability {
  if (what === "request") return "request-reply"
  if (what === "commit") return "audio-commit"
  if (what === "update") return "session-update"
  return what === "cancel" ? "cancel" : "text-turn"
}

function failure(name: string, { type, code, message }: Readonly<Record<string, unknown>>): string {
  const given = Object.entries({ type, code, message }).filter(([, value]) => typeof value === "string")
  const how = given.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")
  return `fails(${name}${how ? `, { ${how} }` : ""})`
}

/** `weatherReply` of the request `weather`, numbered where that is taken. */
function variable(request: string, told: ReadonlyMap<string, Told>): string {
  const words = request.split("-").filter((word) => !/^\d+$/.test(word))
  const stem = `${words.map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join("")}Reply`
  const safe = /^[a-z]/.test(stem) ? stem : `reply${stem}`
  const taken = new Set([...told.values()].map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? safe : `${safe}${number}`
    if (!taken.has(name)) return name
  }
}
