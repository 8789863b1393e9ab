// What the server remembers of past responses: the latest of each lane in the connection, and what it has stored
// (PROTOCOL.md C.3).

import { read } from "../realtime/read.ts"
import type {
  Context,
  LaneKey,
  LaneState,
  PendingCreate,
  Remembered,
  ResponseState,
  ResponsesState,
  ToolCall,
} from "./state.ts"
import { unansweredCalls } from "./tool-calls.ts"

export interface Found {
  readonly context: Context
  readonly parent: Remembered
}

/** Where a previous response is found from a lane, or null: `previous_response_not_found`. */
export function findPrevious(state: ResponsesState, id: string, from: LaneKey): Found | null {
  const own = state.lanes.get(from)?.cached
  if (own?.id === id) return { context: "continued", parent: own }
  for (const { cached } of state.lanes.values()) if (cached?.id === id) return { context: "forked", parent: cached }
  const stored = state.archive.get(id)
  return stored === undefined ? null : { context: "hydrated", parent: stored }
}

/** A response that has completed, or is incomplete, is its lane's latest; it is stored unless its create said not to. */
export function remember(state: ResponsesState, lane: LaneState, response: ResponseState): void {
  const remembered = {
    id: response.id,
    params: response.params,
    callsOwed: callsOwedBy(response),
    callsSeen: callsSeenBy(response),
  }
  lane.cached = remembered
  if (response.stores) state.archive.set(response.id, remembered)
}

/** A continuation that fails on its parent's own lane takes the parent out of the cache; a fork leaves it. */
export function evictAfterFailure(state: ResponsesState, create: Pick<PendingCreate, "lane" | "previousResponseId">) {
  const lane = state.lanes.get(create.lane)
  if (lane?.cached && lane.cached.id === create.previousResponseId) lane.cached = null
}

/** The tool calls that a create continuing from this response has to answer. */
export function callsOwedBy(response: ResponseState): ToolCall[] {
  const finished = response.items.filter((item) => item.phase === "closed" && item.wire.status !== "incomplete")
  return unansweredCalls(finished.map((item) => item.wire))
}

function callsSeenBy(response: ResponseState): Set<string> {
  const seen = new Set(response.parent?.callsSeen)
  for (const item of [...read.list(response.params.input), ...response.items.map(({ wire }) => wire)]) {
    const callId = read.text(read.members(item).call_id)
    if (callId !== null) seen.add(callId)
  }
  return seen
}
