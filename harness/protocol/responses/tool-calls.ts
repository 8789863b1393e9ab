// Tool calls and their outputs within lists of items: every call wants one output, every output a call.

import { read } from "../realtime/read.ts"
import type { Refusal } from "./errors.ts"
import { refuse } from "./errors.ts"
import type { Remembered, ToolCall } from "./state.ts"

/** The call types that a client runs, with the noun that the error uses. The second noun is our guess. */
const NOUNS = new Map([
  ["function_call", "function call"],
  ["custom_tool_call", "custom tool call"],
])

/** The type of item that answers a call. */
export const outputType = (callType: string): string => `${callType}_output`

/** The calls among items that no output among them answers. */
export function unansweredCalls(items: readonly unknown[]): ToolCall[] {
  const answered = new Set(itemsOf(items, (type) => isOutput(type)).map(({ callId }) => callId))
  return itemsOf(items, (type) => NOUNS.has(type)).filter(({ callId }) => !answered.has(callId))
}

/** Why the input of a create does not fit what it continues from, or null. */
export function refuseToolCalls(input: unknown, parent: Remembered | null): Refusal | null {
  const items = read.list(input)
  const outputs = itemsOf(items, isOutput)
  const answered = new Set(outputs.map(({ callId }) => callId))
  const open = [...(parent?.callsOwed ?? []), ...unansweredCalls(items)].find(({ callId }) => !answered.has(callId))
  if (open !== undefined) return refuse.noToolOutput(NOUNS.get(open.type) ?? open.type, open.callId)
  const calls = new Set(itemsOf(items, (type) => NOUNS.has(type)).map(({ callId }) => callId))
  if (items.some(hidesItems)) return null
  const stray = outputs.find(({ callId }) => !calls.has(callId) && !parent?.callsSeen.has(callId))
  if (stray === undefined) return null
  const callType = stray.type.slice(0, -"_output".length)
  return refuse.noToolCall(NOUNS.get(callType) ?? callType, stray.callId)
}

/** Items that stand for others, among which the call may be. */
function hidesItems(item: unknown): boolean {
  const { type } = read.members(item)
  return type === "item_reference" || type === "compaction"
}

function isOutput(type: string): boolean {
  return type.endsWith("_output") && NOUNS.has(type.slice(0, -"_output".length))
}

function itemsOf(items: readonly unknown[], wanted: (type: string) => boolean): ToolCall[] {
  return items.flatMap((item) => {
    const { type, call_id, name } = read.members(item)
    const callId = read.text(call_id)
    if (typeof type !== "string" || callId === null || !wanted(type)) return []
    return [{ type, callId, name: read.text(name) }]
  })
}
