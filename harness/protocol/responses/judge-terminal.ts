// Judges response.completed, response.failed and response.incomplete: one end each, told in full (PROTOCOL.md C.5).

import type { WireEvent } from "../event.ts"
import { type JsonObject, read } from "../realtime/read.ts"
import { type Ending, endResponseState } from "./ending.ts"
import { checkRepeated } from "./judge-item.ts"
import { broken, type Judge, judgeNumber, named } from "./judging.ts"
import type { RuleBreak } from "./rules.ts"
import type { ResponseState, ResponsesState } from "./state.ts"
import { isRunning, queuedSteers } from "./steering.ts"
import { step } from "./transitions.ts"

type TerminalEnding = Exclude<Ending, "error">

export const TERMINAL_JUDGES: readonly (readonly [string, Judge])[] = (
  ["completed", "failed", "incomplete"] as const
).map((ending) => [`response.${ending}`, (state, event, breaks) => responseEnded(state, event, breaks, ending)])

const REASONS = new Set(["max_output_tokens", "content_filter", "max_messages", "steered"])

function responseEnded(state: ResponsesState, event: WireEvent, breaks: RuleBreak[], ending: TerminalEnding): void {
  const response = named(state, event, breaks)
  if (response === null) return
  const isLateFailure = response.phase === "errored" && ending === "failed" && isLast(state, response)
  if (!isLateFailure && !isRunning(response)) {
    broken(breaks, "one-terminal", `${event.type} comes after response ${response.id} ended as ${response.phase}`)
    return
  }
  judgeNumber(response, event, breaks)
  const wire = read.members(event.response)
  if (wire.status !== ending) {
    const message = `${event.type} gives response ${response.id} status ${String(wire.status)}`
    broken(breaks, "terminal-status-matches", message)
  }
  const detail = detailOf(state, response, wire, ending, breaks)
  if (ending !== "failed") judgeOutput(response, wire, event, breaks)
  if (isLateFailure) response.phase = step(state.transitionsTaken, "response", "errored", event.type) ?? "failed"
  else endResponseState(state, response, ending, detail)
}

/** Whether no later response was created on its lane: only then may response.failed still follow an error. */
function isLast(state: ResponsesState, response: ResponseState): boolean {
  const lane = state.lanes.get(response.lane)
  return lane?.running === null && lane.last === response.id
}

/** What tells this ending from others of its name in transitions.ts. */
function detailOf(
  state: ResponsesState,
  response: ResponseState,
  wire: JsonObject,
  ending: TerminalEnding,
  breaks: RuleBreak[],
): string {
  if (ending === "completed") return response.generates ? "" : "{generate: false}"
  if (ending === "failed") {
    if (read.object(wire.error) === null) {
      broken(breaks, "terminal-says-why", `response ${response.id} has failed without an error`)
    }
    return ""
  }
  const reason = read.text(read.members(wire.incomplete_details).reason)
  if (reason === null || !REASONS.has(reason)) {
    broken(breaks, "terminal-says-why", `response ${response.id} is incomplete for reason ${String(reason)}`)
  }
  if (reason === "steered" && queuedSteers(state, response.id).length === 0) {
    broken(breaks, "steered-was-asked", `response ${response.id} ends as steered and no steering was accepted for it`)
  }
  return `{${reason}}`
}

function judgeOutput(response: ResponseState, wire: JsonObject, event: WireEvent, breaks: RuleBreak[]): void {
  if (response.phase !== "active") {
    const message = `${event.type} comes while response ${response.id} is ${response.phase}`
    broken(breaks, "in-progress-before-output", message)
  }
  for (const item of response.items) {
    if (item.phase === "closed") continue
    broken(breaks, "terminal-closes-items", `response ${response.id} is ${event.type} while item ${item.id} is open`)
  }
  const output = read.list(wire.output)
  if (output.length === 0) return // left out; clients rebuild it (PROTOCOL.md C.5, W16)
  let agrees = output.length === response.items.length
  for (const [index, item] of response.items.entries()) {
    const listed = read.members(output[index])
    if (listed.id !== item.id) agrees = false
    else checkRepeated(item, listed, event.type, breaks)
  }
  if (agrees) return
  const wanted = response.items.map(({ id }) => id).join(", ")
  broken(breaks, "terminal-lists-items", `${event.type} of ${response.id} does not list its items [${wanted}]`)
}
