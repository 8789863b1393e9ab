// The words that stories are written in. Each returns steps, which are data; nothing here runs.
import type { FutureKind, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { RealtimeClientEvent } from "../protocol/realtime/client-events.ts"
import type { ResponsesClientEvent } from "../protocol/responses/client-events.ts"
import type { ErrorShape } from "../protocol/responses/errors.ts"
import type { absent, present } from "./match.ts"
import { responsesWords } from "./responses-words.ts"
import type { NetworkAction, Pattern, ResponseStatus, ServerAction, Step } from "./steps.ts"

/** A response by name; its wire id is known before it exists, so that stories can speak of it. */
export interface ResponseHandle {
  readonly label: string
  readonly id: string
}

export const response = (label: string): ResponseHandle => ({ label, id: `resp_${label}` })

/** Declared members only: the schemas' index signatures would let any name through. */
type Patterned<T> = T extends object
  ? { readonly [K in keyof T as string extends K ? never : K]?: Patterned<T[K]> | typeof absent | typeof present }
  : T
type Typeless<T> = T extends object ? Omit<T, "type"> : never
type ClientEventOf<T extends string> = Extract<RealtimeClientEvent | ResponsesClientEvent, { type: T }>
type Match<T extends string> = [ClientEventOf<T>] extends [never] ? Pattern : Typeless<Patterned<ClientEventOf<T>>>

const performs = (operation: Operation): Step => ({ actor: "user", step: "performs", operation })
const serverActs = (action: ServerAction): Step => ({ actor: "server", step: "acts", action })
const networkActs = (action: NetworkAction): Step => ({ actor: "network", step: "acts", action })

/** What the app asks for, and what it must see. `request` names what was asked; later steps refer to it. */
export const user = {
  connects: () => performs({ do: "connect" }),
  says: (request: string, text = `Please answer ${request}.`) => performs({ do: "say", request, text }),
  /** On a lane of its own, where the subject has lanes (Responses). */
  saysOn: (lane: string, request: string, text = `Please answer ${request}.`) =>
    performs({ do: "say", request, text, lane }),
  /** Has the server prepare a reply without making one (Responses). */
  warmsUp: (request: string) => performs({ do: "warm-up", request }),
  /** Adds to what was asked while the reply is under way (Responses). */
  steers: (of: string, text = `Please mind ${of}, too.`) => performs({ do: "steer", of, text }),
  requestsReply: (request: string, options: { instructions?: string; outOfBand?: boolean } = {}) =>
    performs({ do: "request", request, ...options }),
  cancels: (request?: string) => performs(request === undefined ? { do: "cancel" } : { do: "cancel", request }),
  /** Appends `ms` of audio, 24 kHz PCM16 silence, in one chunk. */
  speaks: (ms = 200) => performs({ do: "speak", audio: Buffer.alloc(ms * 48).toString("base64") }),
  commits: (request: string) => performs({ do: "commit", request }),
  updates: (request: string, instructions = "Be brief.") => performs({ do: "update", request, instructions }),
  truncates: (heardMs: number) => performs({ do: "truncate", heardMs }),
  closes: () => performs({ do: "close" }),

  /** By now, some of its output was delivered. */
  mustHear: (heard: ResponseHandle): Step => ({ actor: "user", step: "must-hear", response: heard.label }),
  /** After a hostile fault: by now some of its output was delivered, or the request it answers was rejected or refused. */
  mustHearOrSeeFail: (heard: ResponseHandle, request: string): Step => ({
    actor: "user",
    step: "must-hear",
    response: heard.label,
    orFailed: request,
  }),
  /** Never, in the whole case, is any of its output delivered. */
  mustNotHear: (heard: ResponseHandle): Step => ({ actor: "user", step: "must-not-hear", response: heard.label }),
  /** By now, and without waiting, the future that the request opened has settled. */
  mustSettle: (
    request: string,
    how: { as?: "resolved" | "rejected"; code?: string; kind?: FutureKind } = {},
  ): Step => ({
    actor: "user",
    step: "must-settle",
    request,
    kind: how.kind ?? "reply",
    as: how.as ?? "either",
    ...(how.code === undefined ? {} : { code: how.code }),
  }),
  mustBePending: (request: string, kind: FutureKind = "reply"): Step => ({
    actor: "user",
    step: "must-be-pending",
    request,
    kind,
  }),
  /** By now a failure (with this code) was observable: a rejected future, an error sighting, or a refused operation. */
  mustSeeError: (code?: string): Step => ({
    actor: "user",
    step: "must-see-error",
    ...(code === undefined ? {} : { code }),
  }),
  /** Up to now nothing failed in the app's eyes. */
  mustNotSeeError: (): Step => ({ actor: "user", step: "must-not-see-error" }),
  mustRunTool: (tool: string, times = 1): Step => ({ actor: "user", step: "must-run-tool", tool, times }),
}

/** What the client owes on the wire. Traffic that no step mentions is legal. */
export const client = {
  /** By now, and since the last event that such a step consumed, it has sent one that matches. */
  mustSend: <T extends string>(type: T, match: Match<T> = {} as Match<T>): Step => ({
    actor: "client",
    step: "must-send",
    type,
    match,
  }),
  /** As mustSend, but a failure only under --strict. */
  shouldSend: <T extends string>(type: T, match: Match<T> = {} as Match<T>): Step => ({
    actor: "client",
    step: "should-send",
    type,
    match,
  }),
  /** From here to the end of the story it sends none that matches. */
  mustNotSend: <T extends string>(type: T, match: Match<T> = {} as Match<T>): Step => ({
    actor: "client",
    step: "must-not-send",
    type,
    match,
  }),
  /** In the whole story up to now it has sent exactly `times` that match. */
  mustHaveSent: <T extends string>(times: number, type: T, match: Match<T> = {} as Match<T>): Step => ({
    actor: "client",
    step: "must-send",
    type,
    match,
    times,
  }),
  /** In the whole story up to now its appends hold that much audio (24 kHz PCM16), however it is cut into them. */
  mustHaveSentAudio: ({ ms }: { ms: number }): Step => ({ actor: "client", step: "must-send-audio", ms }),
  mustHaveConnected: (times: number): Step => ({ actor: "client", step: "must-connect", times }),
}

const failure = { type: "server_error", code: "server_error", message: "The server had an error." }

/** What the server does where it does not simply behave: between these steps the model answers as OpenAI would. */
export const server = {
  /** response.created for that request's response.create; `for: null`: by itself. `metadata: "none"`: without echo. */
  startsResponse: (started: ResponseHandle, how: { for: string | null; metadata?: "none"; queued?: boolean }): Step =>
    serverActs({ does: "starts", response: started.label, ...how }),
  /** Output in the session's modality, marked so that it can be recognised wherever it is heard. */
  streams: (to: ResponseHandle, pieces = 2): Step => serverActs({ does: "streams", response: to.label, pieces }),
  streamsText: (to: ResponseHandle, pieces = 2): Step =>
    serverActs({ does: "streams", response: to.label, pieces, as: "text" }),
  /** Audio (and its transcript), in two pieces of half that length. */
  streamsAudio: (to: ResponseHandle, { ms }: { ms: number }): Step =>
    serverActs({ does: "streams", response: to.label, pieces: 2, pieceMs: Math.ceil(ms / 20) * 10, as: "audio" }),
  /** The transcript of spoken output alone, or its sound alone: the two come in any order. */
  streamsTranscript: (to: ResponseHandle, pieces = 2): Step =>
    serverActs({ does: "streams", response: to.label, pieces, as: "transcript" }),
  streamsSound: (to: ResponseHandle, pieces = 2): Step =>
    serverActs({ does: "streams", response: to.label, pieces, as: "sound" }),
  finishesItem: (of: ResponseHandle): Step => serverActs({ does: "finishes-item", response: of.label }),
  /** A whole function call item; `leave: "open"` stops after the arguments' first half. */
  callsTool: (from: ResponseHandle, tool: string, how: { call?: string; args?: string; leave?: "open" } = {}): Step =>
    serverActs({
      does: "calls-tool",
      response: from.label,
      call: how.call ?? tool,
      tool,
      args: how.args ?? '{"query":"now"}',
      ...(how.leave ? { leave: how.leave } : {}),
    }),
  /** `withoutOutput`: the terminal event of Responses does not repeat what was streamed. */
  finishes: (finished: ResponseHandle, how: { withoutOutput?: boolean } = {}): Step =>
    serverActs({ does: "finishes", response: finished.label, status: "completed", ...how }),
  /** `errorFirst`: an error of that shape, then response.failed (Responses). */
  fails: (
    failed: ResponseHandle,
    { errorFirst, ...error }: { type?: string; code?: string; message?: string; errorFirst?: ErrorShape } = {},
  ): Step =>
    serverActs({
      ...{ does: "finishes", response: failed.label, status: "failed", error: { ...failure, ...error } },
      ...(errorFirst ? { errorFirst } : {}),
    }),
  ends: (ended: ResponseHandle, status: ResponseStatus, reason: string): Step =>
    serverActs({ does: "finishes", response: ended.label, status, reason }),
  /** Starts, streams and finishes. */
  replies: (reply: ResponseHandle, how: { for: string | null }): Step[] => [
    server.startsResponse(reply, how),
    server.streams(reply),
    server.finishes(reply),
  ],
  /** An `error` event; `for` names the request whose response.create it answers (that one is then not answered again).
   * Responses: `ends` is the running response that it ends; `thenFailed`: response.failed follows it. */
  errors: ({
    ends,
    ...error
  }: {
    code: string | null
    for?: string
    message?: string
    type?: string
    eventId?: "echoed" | "null"
    ends?: ResponseHandle
    shape?: ErrorShape
    status?: number
    statusField?: "status" | "status_code"
    param?: string
    headers?: Readonly<Record<string, string>>
    thenFailed?: boolean
  }): Step =>
    serverActs({
      ...{ does: "errors", eventId: error.for === undefined ? "null" : "echoed", ...error },
      ...(ends ? { response: ends.label } : {}),
    }),
  /** That request's response.create is never answered. */
  ignores: (request: string): Step => serverActs({ does: "ignores", request }),
  /** The next session.update is refused for one bad member, and changes nothing. */
  refusesUpdate: ({ code = "unknown_parameter", param = "session.mood" } = {}): Step =>
    serverActs({ does: "refuses-update", code, param, message: `Unknown parameter: '${param}'.` }),
  /** The next `next` connections are opened, told this error as their first event, and closed with `closeCode`. */
  turnsAway: (how: { code: string | null; message: string; closeCode: number; next?: number }): Step =>
    serverActs({ does: "turns-away", next: 1, ...how }),
  hearsSpeech: (part: "starts" | "stops" | "commits"): Step => serverActs({ does: "hears-speech", part }),
  /** A spoken user turn up to the committed item, as voice activity detection makes it. */
  hearsTurn: (): Step[] => [server.hearsSpeech("starts"), server.hearsSpeech("stops"), server.hearsSpeech("commits")],
  /** Nobody spoke for a while: timeout_triggered, and a user item of silence. */
  hearsNothing: (): Step => serverActs({ does: "hears-nothing" }),
  tellsRateLimits: (): Step => serverActs({ does: "tells-rate-limits" }),
  transcribes: (part: "delta" | "completed" | "failed"): Step => serverActs({ does: "transcribes", part }),
  /** Any event as given; `event_id` is filled in where it is missing. `connection`: where a client may have opened another
   * meanwhile, on which the event would be a lie. */
  sends: (event: WireEvent, how: { connection?: number } = {}): Step => serverActs({ does: "sends", event, ...how }),
  sendsText: (text: string): Step => serverActs({ does: "sends-text", text }),
  sendsBinary: (bytes = 8): Step => serverActs({ does: "sends-binary", bytes }),
  /** The last event of that type once more, under the same or a new event_id. */
  repeats: (type: string, { sameEventId = true } = {}): Step => serverActs({ does: "repeats", type, sameEventId }),
  /** session_expired, then close 1001. */
  expires: (): Step => serverActs({ does: "expires" }),
  /** Keeps acknowledgements (updated, added, done, committed, …) back until acknowledgesNow. */
  acknowledgesLater: (): Step => serverActs({ does: "acknowledges", from: "later" }),
  acknowledgesNow: (): Step => serverActs({ does: "acknowledges", from: "now" }),
  /** From here on a response.cancel is accepted and does not end its response: the story's own steps do. */
  cancelsLate: (): Step => serverActs({ does: "cancels-late" }),
  ...responsesWords,
}

export const network = {
  /** The stream ends without a close frame (1006); `reset`: with ECONNRESET. */
  drops: ({ reset = false } = {}): Step => networkActs({ does: "drops", reset }),
  closes: (code: number, reason = ""): Step => networkActs({ does: "closes", code, reason }),
  /** Half-open: from here on nothing arrives in either direction, and nothing closes. */
  goesSilent: (): Step => networkActs({ does: "goes-silent" }),
  /** The next `next` connection attempts are answered with an HTTP status. */
  refuses: ({ next = 1, status }: { next?: number; status: number }): Step =>
    networkActs({ does: "refuses", next, status }),
  neverAnswers: ({ next = 1 } = {}): Step => networkActs({ does: "never-answers", next }),
  /** The next `next` handshakes take that long. */
  acceptsLate: ({ next = 1, afterMs }: { next?: number; afterMs: number }): Step =>
    networkActs({ does: "accepts-late", next, afterMs }),
  /** What the server sends from here on stays in flight until `releases`: the client's events cross it. */
  holds: (): Step => networkActs({ does: "holds" }),
  releases: (): Step => networkActs({ does: "releases" }),
}

export const time = {
  /** Virtual time; every timer on the way fires in its turn. */
  passes: (
    how:
      | { ms: number }
      | { untilSettled: string; withinMs?: number }
      | { untilSent: string; withinMs?: number }
      | { untilConnected: true; withinMs?: number },
  ): Step => {
    if ("ms" in how) return { actor: "time", step: "passes", ms: how.ms }
    const withinMs = how.withinMs ?? 60_000
    if ("untilSettled" in how)
      return { actor: "time", step: "passes-until-settled", request: how.untilSettled, withinMs }
    if ("untilSent" in how) return { actor: "time", step: "passes-until-sent", type: how.untilSent, withinMs }
    return { actor: "time", step: "passes-until-connected", withinMs }
  },
}
