// One trace entry in a few words, for the three columns of a failure page.
import type { WireEvent } from "../protocol/event.ts"
import type { Entry, Piece } from "../trace/trace.ts"
import { visible } from "./visible.ts"

type Members = Readonly<Record<string, unknown>>
const members = (value: unknown): Members => (typeof value === "object" && value !== null ? (value as Members) : {})
const label = (id: unknown) => (typeof id === "string" ? id.replace(/^resp_/, "") : undefined)
const words = (...parts: readonly unknown[]) => parts.filter((part) => part !== undefined && part !== "").join(" ")

/** What the entry says, without its lane and time. */
export function describeEntry(entry: Entry): string {
  const text = entry.lane === "app" ? describeSighting(entry) : describeFrame(entry)
  return visible("fault" in entry && entry.fault !== undefined ? `${text} ⚡${entry.fault}` : text)
}

function describeFrame(entry: Exclude<Entry, { lane: "app" }>): string {
  const on = entry.connection > 1 ? `#${entry.connection}` : undefined
  switch (entry.kind) {
    case "event":
      return words(describeEvent(entry.event), on)
    case "text":
      return words(`malformed ${JSON.stringify(entry.text.slice(0, 24))}`, on)
    case "binary":
      return words(`binary frame, ${entry.bytes} bytes`, on)
    case "closed":
      return words(`closes ${entry.code}`, entry.reason, on)
    case "dropped":
      return words("connection lost", on)
    case "silent":
      return words("goes silent (half-open)", on)
    case "refused":
      return words(`refuses with ${entry.status}`, on)
    case "flooded":
      return words(`floods: ${entry.events} events`, on)
    default:
      return words(entry.kind, on)
  }
}

/** `response.done{failed} late`, `error{code} → client_3`, `response.create client_3`. */
export function describeEvent(event: WireEvent): string {
  const response = members(event.response)
  const error = members(event.error)
  if (event.type === "error") {
    const code = error.code ?? event.code ?? "no code"
    return words(`error{${code}}`, error.event_id ? `→ ${error.event_id}` : undefined)
  }
  const status = event.type === "response.done" ? `{${response.status}}` : ""
  const item = members(event.item)
  const call =
    item.type === "function_call_output" || item.type === "function_call" ? `${item.type} ${item.call_id}` : undefined
  const own = event.type.startsWith("response.create") && label(response.id) === undefined ? event.event_id : undefined
  return words(`${event.type}${status}`, label(response.id) ?? label(event.response_id), call, own)
}

const pieces = (list: readonly Piece[]) => list.map((piece) => `${piece.label} ${piece.from}–${piece.to}`).join(", ")

function describeSighting(entry: Extract<Entry, { lane: "app" }>): string {
  switch (entry.kind) {
    case "performed":
      return words(`asks: ${entry.operation.do}`, "request" in entry.operation ? entry.operation.request : undefined)
    case "opened":
      return words(`${entry.of} future opened`, entry.request, label(entry.response))
    case "settled":
      return words(`${entry.future} ${entry.as}`, entry.error && (entry.error.code ?? entry.error.message.slice(0, 40)))
    case "heard":
      return words(`hears ${entry.what}`, pieces(entry.pieces) || JSON.stringify(entry.text ?? ""))
    case "tool-started":
    case "tool-finished":
      return words(`${entry.kind} ${entry.tool}`, entry.call_id)
    case "turn":
      return words(`turn ${entry.is}`, label(entry.response), entry.status)
    case "error":
      return words("sees error", entry.error.code ?? entry.error.message.slice(0, 40))
    case "refused":
      return words(`${entry.operation.do} refused:`, entry.error.message.slice(0, 40))
    case "crash":
      return words(`CRASH ${entry.how}:`, entry.error.message.slice(0, 60))
    case "state":
      return entry.state
    case "phase":
      return `— ${entry.phase} —`
    case "left-behind":
      return `left behind: ${entry.sockets} sockets, ${entry.timers} timers, ${entry.listeners} listeners`
  }
}
