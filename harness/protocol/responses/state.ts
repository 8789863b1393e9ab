// All that the model remembers of one connection of Responses over WebSocket: its lanes, what the client has asked for
// and not had answered, every response with what it has streamed, and the steering input that the server owns.

import type { JsonObject } from "../realtime/read.ts"
import type { Refusal } from "./errors.ts"
import type { StreamKind } from "./streams.ts"

/** `single`: one response at a time in the whole connection (launch, Azure, Open Responses). `lanes`: one at a time in
 * each lane (PROTOCOL.md C.2). */
export type Profile = "single" | "lanes"

/** The `stream_id` of a lane; null is the default lane, whose events carry none. */
export type LaneKey = string | null

/** A tool call that the client has to answer. */
export interface ToolCall {
  readonly callId: string
  /** The type of its item, such as function_call. */
  readonly type: string
  readonly name: string | null
}

/** A response that a later create can continue from. */
export interface Remembered {
  readonly id: string
  readonly params: JsonObject
  /** Its own tool calls: a create that continues from it has to answer each. */
  readonly callsOwed: readonly ToolCall[]
  /** The call_ids of its whole chain. */
  readonly callsSeen: ReadonlySet<string>
}

/** Responses kept with `store: true`; outlives the connection, so the connections of one case share it. */
export type Archive = Map<string, Remembered>

/** How a response came by its context: none given, latest of its own lane, latest of another lane, from storage, or from
 * the response that was steered. */
export type Context = "fresh" | "continued" | "forked" | "hydrated" | "steered"

/** A `response.create` that the server has heard and not yet answered with `response.created` or `error`. */
export interface PendingCreate {
  /** Rises with every create of the connection. */
  readonly order: number
  readonly lane: LaneKey
  /** The id its response gets unless the story chooses another. */
  readonly responseId: string
  readonly previousResponseId: string | null
  /** False: a warm-up, which has no output. */
  readonly generates: boolean
  readonly stores: boolean
  /** The event without `type` and `stream_id`. */
  readonly params: JsonObject
}

/** An error that the server owes, since it has refused a client event. */
export interface OwedError {
  /** Null also for what no lane is to blame for. */
  readonly lane: LaneKey
  readonly refused: Refusal
  /** The create that is refused, when it is one and has a lane. */
  readonly create: PendingCreate | null
}

/** What a response answers: a create, or the steering of a response that has ended. */
export type Cause =
  | { readonly kind: "create"; readonly create: PendingCreate }
  | { readonly kind: "steer"; readonly parentId: string }

/** What streams into an item: a content part, a summary part, or the item itself (arguments). */
export interface PartState {
  readonly kind: StreamKind
  readonly index: number
  /** Whether part.added and part.done go around it; the stream of an item has neither. */
  readonly isPart: boolean
  text: string
  streamDone: boolean
  /** Its part.done was sent, or the stream of what is no part is done. */
  done: boolean
}

export interface ItemState {
  readonly id: string
  readonly outputIndex: number
  /** Of the `item` machine in transitions.ts. */
  phase: string
  readonly type: string
  /** What the composer calls it within its response. */
  readonly key: string | null
  readonly parts: PartState[]
  /** The item as it was added or, once closed, as it was done. */
  wire: JsonObject
}

export interface ResponseState {
  readonly id: string
  readonly lane: LaneKey
  /** Of the `response` machine in transitions.ts. */
  phase: string
  /** Null when nothing caused it, which is unlawful. */
  readonly cause: Cause | null
  readonly context: Context
  /** What it continues from, as far as the model knows it. */
  readonly parent: Remembered | null
  readonly generates: boolean
  readonly stores: boolean
  readonly params: JsonObject
  nextSequence: number
  /** In the order of their output_index. */
  readonly items: ItemState[]
  /** `response` of response.created. */
  readonly wire: JsonObject
}

export interface LaneState {
  readonly key: LaneKey
  /** Of the `lane` machine in transitions.ts. */
  phase: string
  running: string | null
  /** The response created last on it. */
  last: string | null
  /** Its latest response, in connection-local memory (PROTOCOL.md C.3). */
  cached: Remembered | null
  /** The response that was steered and has ended: the server creates its successor before anything else. */
  successorOf: string | null
}

/** A `response.steer` and what came of it. */
export interface SteerState {
  /** Null: refused before an id was given. */
  readonly id: string | null
  readonly parentId: string
  readonly lane: LaneKey
  readonly input: unknown
  /** `refused`: owed a steer.failed. `queued`: owned by the server. `committed` and `failed`: settled. */
  phase: "refused" | "queued" | "committed" | "failed"
}

export interface ResponsesState {
  readonly profile: Profile
  /** Of the `connection` machine in transitions.ts. */
  phase: string
  readonly lanes: Map<LaneKey, LaneState>
  readonly responses: Map<string, ResponseState>
  /** Accepted creates that wait for their turn, oldest first; `composer.startable()` says whose turn it is. */
  readonly pending: PendingCreate[]
  readonly owedErrors: OwedError[]
  readonly steers: SteerState[]
  readonly archive: Archive
  /** What the composer has planned a response to answer, by response id. */
  readonly plans: Map<string, Cause>
  /** What the composer calls an item it has planned, by item id. */
  readonly itemKeys: Map<string, string>
  creates: number
  readonly transitionsTaken: Set<string>
}

export function createState(profile: Profile, archive: Archive): ResponsesState {
  return {
    profile,
    phase: "open",
    lanes: new Map([[null, createLane(null)]]),
    responses: new Map(),
    pending: [],
    owedErrors: [],
    steers: [],
    archive,
    plans: new Map(),
    itemKeys: new Map(),
    creates: 0,
    transitionsTaken: new Set(),
  }
}

export function createLane(key: LaneKey): LaneState {
  return { key, phase: "free", running: null, last: null, cached: null, successorOf: null }
}
