// The members of the npm package `openai` that the adapters touch. The package's own types are not at hand: it is
// installed on demand.
import type { Socket } from "node:net"

export interface OpenAiNode {
  readonly OpenAI: new (options: { apiKey: string; baseURL: string }) => object
  readonly OpenAIRealtimeWS: new (options: RealtimeOptions, client: object) => RealtimeWs
  readonly ResponsesWS: new (client: object, options: ResponsesOptions) => ResponsesWs
  readonly ResponsesWebSocketSession: new (connection: ResponsesWs, limits: SessionLimits) => ResponsesSession
}

/** A server event: its members are the wire's. */
export interface WireEvent {
  readonly type: string
  readonly delta?: string
  readonly response_id?: string
  /** Of Responses: the lane's name. */
  readonly stream_id?: string
  readonly response?: { readonly id: string; readonly status?: string }
}

export interface ClientEvent {
  readonly type: string
  readonly [member: string]: unknown
}

/** Exactly one of `model` and `callID`. */
export interface RealtimeOptions {
  readonly model?: string
  readonly callID?: string
  /** Opt-in: dials again after a loss, and emits `reconnecting`, `reconnected` and `close`. */
  readonly reconnect?: true
  /** Bytes of what is kept for flushPending() meanwhile; 0 unless told. */
  readonly maxQueueBytes?: number
  /** As `ws` takes them. */
  readonly options?: { readonly createConnection: () => Socket }
}

export interface Emitter {
  on(event: "error", listener: (error: Error) => void): void
  on(event: "reconnecting" | "reconnected" | "close", listener: () => void): void
  on(event: WireEvent["type"], listener: (event: WireEvent) => void): void
}

export interface Lifecycle {
  on(event: "open" | "close", listener: () => void): void
}

export interface RealtimeWs extends Emitter {
  readonly socket: Lifecycle
  send(event: ClientEvent): void
  /** Sends what was kept while the connection was lost. */
  flushPending(): void
  close(): void
}

export interface ResponsesOptions {
  /** Opt-in, as above. */
  readonly reconnect?: { readonly onReconnecting: () => void }
}

export interface ResponsesWs extends Emitter {
  readonly socket: Lifecycle
  close(): void
}

interface SessionLimits {
  readonly maxLanes: number
  readonly maxBufferedEvents: number
  readonly maxBufferedBytes: number
}

export interface ResponsesSession {
  /** Without an id: the connection's default lane. An id can be taken once on a connection. */
  lane(streamId?: string): Lane
  close(): void
}

export interface Lane {
  create(request: { readonly model: string; readonly input: readonly object[] }): void
  /** The next response that ends on this lane; rejects at an `error` event and at a lost connection. One at a time. */
  finalResponse(): Promise<FinalResponse>
}

/** Also a response that failed or is incomplete. */
export interface FinalResponse {
  readonly id: string
  readonly status?: string
}
