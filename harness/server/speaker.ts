// What the scripted server needs of a protocol. A Speaker is one connection as its protocol has it: it hears the client,
// and composes what a story, or a server that simply behaves, says next. The rest of the room knows no protocol.
import type { MalformedFrame, WireEvent } from "../protocol/event.ts"
import type { Inventory } from "../protocol/parse.ts"
import type { ServerAction } from "../script/steps.ts"
import type { Connection } from "../transports/endpoint.ts"

export const responseId = (label: string): string => `resp_${label}`

export type Does<K extends ServerAction["does"]> = Extract<ServerAction, { does: K }>

/** A response.create that has been heard and not answered. */
export interface Waiting {
  /** Responses over WebSocket: its lane; null is the default one. */
  readonly lane?: string | null
  readonly params: Readonly<Record<string, unknown>>
}

export interface CallPart {
  readonly call_id: string
  readonly name: string
  readonly argumentsPart: string
}

/** Compositions are made from the model's state now and are not applied; none where the response does not run any more. */
export interface Speaker {
  /** Takes what the client sent; returns what a correct server answers at once. */
  hear(message: WireEvent | MalformedFrame): readonly WireEvent[]
  /** It is heard when all is said that waits to be said. */
  hearsInTurn(event: WireEvent): boolean
  /** Notes what is sent. */
  apply(event: WireEvent): void
  /** How this server words an event. */
  outgoing(event: WireEvent): readonly WireEvent[]
  /** It words every event as it is. */
  readonly isVerbatim: boolean

  /** Oldest first. */
  waiting(): readonly Waiting[]
  /** Takes a create from those that wait: it will not be answered. */
  dismiss(create: Waiting): void
  knows(responseId: string): boolean
  running(): readonly string[]

  /** What every connection is told first. */
  greeting(): readonly WireEvent[]
  /** `create` is null for a response that nobody asked for. Undefined: it may not start now. */
  start(
    id: string,
    create: Waiting | null,
    how?: Pick<Does<"starts">, "metadata" | "after" | "queued">,
  ): readonly WireEvent[] | undefined
  /** Starts it, or refuses it, as OpenAI would now; undefined: it has to wait for its turn. */
  answer(id: string, create: Waiting): readonly WireEvent[] | undefined
  /** Responses that have ended and whose successor the server itself is to start, by id. */
  successorsOwed(): readonly string[]
  piece(label: string, how: Omit<Does<"streams">, "does" | "response" | "pieces">): readonly WireEvent[]
  call(responseId: string, part: CallPart): readonly WireEvent[]
  finishItem(responseId: string, item?: string): readonly WireEvent[]
  /** Without an outcome: as it would end if nothing else befell it. */
  finish(responseId: string, outcome?: Omit<Does<"finishes">, "does" | "response">): readonly WireEvent[]
  /** `create`: the one that it refuses. None where there is nothing left that it could be about. */
  error(error: Omit<Does<"errors">, "does">, create?: Waiting): readonly WireEvent[]
  /** A response.failed that follows that error, of the same create. */
  failedAfterError(error: Omit<Does<"errors">, "does">, create?: Waiting): readonly WireEvent[]
  /** An event of the story's own, with what every event of this protocol has. */
  stamped(event: WireEvent): WireEvent
  /** Sixty minutes are over. */
  expire(how: Omit<Does<"expires">, "does">): readonly WireEvent[]
  readonly closeWhenExpired: { readonly code: number; readonly reason: string }
  /** Something that only this protocol has; undefined: it has not. */
  special(action: ServerAction): readonly WireEvent[] | undefined
  transitions(): Iterable<string>
}

/** Which of the app's requests a response.create is for. */
export interface Claims {
  /** The app has asked for it, in these words if it used any. */
  expect(request: string, text?: string): void
  /** A create has come in. */
  claim(create: Waiting): void
  isFor(create: Waiting, request: string): boolean
  /** It is for no request that is known: one that is sent again, or what follows on a tool. */
  isFree(create: Waiting): boolean
  /** Where nothing waits that is its own: the create of another request may answer it, too. */
  mayShare(create: Waiting, request: string): boolean
}

/** One case's protocol. */
export interface Protocol {
  readonly inventory: Inventory
  readonly claims: Claims
  speaker(connection: Connection): Speaker
}
