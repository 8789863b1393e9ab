// All that the model remembers of one connection. Two views live here side by side: what the server has accepted (a
// create it took, an item it was given) and what it has said on the wire (an item announced, a response created).

import type { WireEvent } from "../event.ts"
import type { JsonObject } from "./read.ts"

/** A `response.create` that the server has heard and not yet answered with `response.created` or `error`. */
export interface PendingCreate {
  /** The client's own event_id, or null. */
  readonly event_id: string | null
  /** The id its response gets unless the story chooses another. */
  readonly responseId: string
  /** `response` of the event. */
  readonly params: JsonObject
  readonly metadata: JsonObject | null
  readonly outOfBand: boolean
}

/** One content part of an output item, as streamed so far. */
export interface PartState {
  readonly contentIndex: number
  readonly kind: "text" | "audio"
  text: string
  transcript: string
  audioMs: number
  textDone: boolean
  audioDone: boolean
  transcriptDone: boolean
  done: boolean
}

/** An item of the conversation or of a response's output. */
export interface ItemState {
  readonly id: string
  /** Of the `item` machine in transitions.ts. */
  phase: string
  type: string
  role: string | null
  /** Null for items that no response made. */
  readonly responseId: string | null
  readonly outputIndex: number
  /** What the composer calls it within its response. */
  key: string | null
  readonly parts: PartState[]
  callId: string | null
  name: string | null
  arguments: string
  argumentsDone: boolean
  /** `conversation.item.done` was sent. */
  conversationDone: boolean
  /** `response.output_item.done` was sent. */
  closed: boolean
  /** The id was made up here for an item whose client chose none. */
  readonly generatedId: boolean
  transcribed: boolean
  /** The item as last told in full, for `conversation.item.retrieved` and `response.done`. */
  wire: JsonObject
}

export interface ResponseState {
  readonly id: string
  /** Of the `response` machine in transitions.ts. */
  phase: string
  readonly outOfBand: boolean
  readonly metadata: JsonObject | null
  /** The create it answers; null when the server made it. */
  readonly pending: PendingCreate | null
  /** In the order of their output_index. */
  readonly items: ItemState[]
  /** `state.input.speechStarts` when it was created. */
  readonly speechStartsBefore: number
  /** `response` of response.created. */
  readonly wire: JsonObject
}

export interface InputState {
  /** Of the `input` machine in transitions.ts. */
  phase: string
  /** Audio since the last commit or clear. */
  bufferedMs: number
  /** All audio of the connection. */
  receivedMs: number
  /** The item that the speech heard now will become. */
  itemId: string | null
  speechStarts: number
  /** Detected turns to which the server has yet to create a response. */
  turnsOwed: number
  /** Items of commits that the server took from the client and has not acknowledged. */
  readonly commitsOwed: string[]
  /** The last committed item that is not yet in the conversation. */
  unlisted: string | null
}

export interface RealtimeState {
  /** Of the `session` machine in transitions.ts. */
  phase: string
  /** The session as last told. */
  session: JsonObject
  /** Accepted updates whose session.updated is to come, oldest first, with the session that each makes. */
  readonly updatesOwed: { readonly event_id: string | null; readonly session: JsonObject }[]
  /** Updates whose refusal is to come; kept for the same reason as `refusedCreates`. */
  readonly refusedUpdates: { readonly event_id: string | null }[]
  conversationId: string
  readonly items: Map<string, ItemState>
  /** Ids of the conversation in order. */
  readonly order: string[]
  readonly responses: Map<string, ResponseState>
  /** The response that now writes to the default conversation. */
  activeDefault: string | null
  readonly pendingCreates: PendingCreate[]
  /** Creates whose refusal is to come. Kept because a recorded log shows the client's order of events, not the server's. */
  readonly refusedCreates: PendingCreate[]
  /** What the composer has planned a response to answer (null: made by the server), by response id. */
  readonly plans: Map<string, PendingCreate | null>
  /** What the composer calls an item it has planned, by item id. */
  readonly itemKeys: Map<string, string>
  /** Acknowledgements that wait for the end of the active response (PROTOCOL.md B.5, S18). */
  readonly delayedAcks: WireEvent[]
  /** Ids named by response.cancel; `any` once one came without an id. */
  readonly cancels: { any: boolean; readonly ids: Set<string> }
  /** call_ids of function calls in the conversation. */
  readonly calls: Set<string>
  readonly input: InputState
  /** Assistant audio was sent: the voice is fixed. */
  audioSent: boolean
  readonly eventIds: Set<string>
  readonly transitionsTaken: Set<string>
}

export function createState(session: JsonObject, conversationId: string): RealtimeState {
  return {
    phase: "opening",
    session,
    updatesOwed: [],
    refusedUpdates: [],
    conversationId,
    items: new Map(),
    order: [],
    responses: new Map(),
    activeDefault: null,
    pendingCreates: [],
    refusedCreates: [],
    plans: new Map(),
    itemKeys: new Map(),
    delayedAcks: [],
    cancels: { any: false, ids: new Set() },
    calls: new Set(),
    input: {
      phase: "idle",
      bufferedMs: 0,
      receivedMs: 0,
      itemId: null,
      speechStarts: 0,
      turnsOwed: 0,
      commitsOwed: [],
      unlisted: null,
    },
    audioSent: false,
    eventIds: new Set(),
    transitionsTaken: new Set(),
  }
}
