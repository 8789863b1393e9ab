// What happened in one case, as data: indexed entries in three lanes (server, client, app), in the order in which they
// happened. Checkers read this and nothing else.
import type { FutureKind, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"

export type { Operation } from "../adapter.ts"

export type Lane = "server" | "client" | "app"

/** An error as it is kept: plain data, whatever was thrown. `code` is a wire error code where one can be found. */
export interface ErrorNote {
  readonly name: string
  readonly message: string
  readonly code?: string
}

/** A piece of a response's output, as read back from the marks that the server put into it (see content.ts).
 * `label` names the response (its wire id is `resp_` + label); text pieces are numbered, audio in slices of 10 ms. */
export interface Piece {
  readonly label: string
  readonly from: number
  readonly to: number
}

/** Server lane: what reached the client's side of the wire. `fault` names the fault that made or changed it. */
export type ServerEntry = { readonly lane: "server"; readonly connection: number; readonly fault?: string } & (
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "event"; readonly event: WireEvent }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "dropped" }
  | { readonly kind: "silent" }
)

/** Client lane: what the client put on the wire. */
export type ClientEntry = { readonly lane: "client"; readonly connection: number } & (
  | { readonly kind: "connects"; readonly url: string }
  | { readonly kind: "event"; readonly event: WireEvent }
  | { readonly kind: "text"; readonly text: string; readonly reason: string }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "flooded"; readonly events: number }
)

/** App lane: sightings, and the operations that the app performed. */
export type AppEntry = { readonly lane: "app" } & (
  | { readonly kind: "performed"; readonly operation: Operation }
  | {
      readonly kind: "opened"
      readonly future: string
      readonly of: FutureKind
      readonly request?: string
      readonly response?: string
    }
  | {
      readonly kind: "settled"
      readonly future: string
      readonly as: "resolved" | "rejected"
      readonly response?: string
      readonly error?: ErrorNote
    }
  | {
      readonly kind: "heard"
      readonly what: "text" | "audio"
      readonly pieces: readonly Piece[]
      readonly text?: string
      readonly ms?: number
      readonly whole?: boolean
      readonly response?: string
      readonly future?: string
    }
  | { readonly kind: "tool-started"; readonly tool: string; readonly args: string; readonly call_id?: string }
  | { readonly kind: "tool-finished"; readonly tool: string; readonly call_id?: string }
  | { readonly kind: "turn"; readonly is: "started" | "ended"; readonly response?: string; readonly status?: string }
  | { readonly kind: "error"; readonly error: ErrorNote; readonly request?: string; readonly response?: string }
  | { readonly kind: "state"; readonly state: "connected" | "disconnected" | "reconnected" }
  | { readonly kind: "refused"; readonly operation: Operation; readonly error: ErrorNote }
  | {
      readonly kind: "crash"
      readonly how: "uncaught-exception" | "unhandled-rejection" | "exit" | "endless-loop" | "killed"
      readonly error: ErrorNote
    }
  | { readonly kind: "phase"; readonly phase: Phase }
  | { readonly kind: "left-behind"; readonly sockets: number; readonly timers: number; readonly listeners: number }
)

/** story: as scripted; healed: faults have stopped; fresh-turn: the liveness turn was asked for; closing: close() was
 * asked for; ended: nothing more is played. */
export type Phase = "story" | "healed" | "fresh-turn" | "closing" | "ended"

/** `at`: virtual milliseconds since the case began. `round`: how often the client had gone quiet before this entry, so
 * two entries of one round happened without the client having had time to react to the first. */
export type Entry = { readonly index: number; readonly at: number; readonly round: number } & (
  | ServerEntry
  | ClientEntry
  | AppEntry
)

export type EntryOf<L extends Lane, K extends string> = Extract<Entry, { lane: L; kind: K }>

export interface TraceHeader {
  readonly scenario: string
  readonly subject: string
  readonly version: string
  readonly protocol: "realtime" | "responses"
  readonly can: readonly string[]
  readonly transport: "memory" | "loopback" | "process"
  readonly seed: string
}

export interface Trace {
  readonly header: TraceHeader
  readonly entries: readonly Entry[]
}
