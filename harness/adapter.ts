// The seam between rtspec and one client library: what an adapter says of itself, what it is given (World), what it is
// asked to do (Operation), and what it reports back (Report). Adapters import this file and nothing else of ours.
//
// An adapter moves and reports. It never asserts, retries, sleeps or reads a clock. It registers every future that the
// subject hands the app, reports each sighting when it happens, and leaves out of `can` what it cannot do.

/** What an adapter's subject can do; a scenario's `needs` are checked against it. */
export const capabilities = {
  "text-turn": "say: sends a user text and asks for a reply",
  "request-reply": "request: asks for a reply without a new user item",
  "reply-future": "say, request and commit hand the app a future that settles when the reply has started or failed",
  "reply-stream": "a reply is handed to the app as a stream that has an end",
  "request-timeout": "the subject gives up by itself on a request that is never answered",
  "request-queue": "the subject itself keeps a second request back until the first response is done",
  "out-of-band": "request takes outOfBand: a response outside the default conversation",
  cancel: "cancel: stops the reply that is under way",
  "cancel-request": "cancel takes a request: stops that one, even before its response was created",
  "audio-input": "speak: appends audio to the input buffer",
  "audio-commit": "commit: commits the input buffer and asks for a reply",
  "audio-output": "reports the audio of replies",
  "text-output": "reports the text or transcript of replies",
  tools: "runs the app's tools when the model calls them, and sends their results",
  "session-update": "update: changes the session's instructions",
  "update-future": "update hands the app a future",
  "server-turns": "delivers responses that the server started by itself (voice activity)",
  "error-event": "has an error event or callback for failures that no future carries",
  reconnect: "connects again by itself when the socket is lost",
  "connect-again": "connect may be performed again after the socket was lost",
  sideband: "connects to a call that runs already (World.callId), where no session.created comes",
  truncate: "truncate: tells the server how much of a reply's audio was heard",
  conversation: "continues from its last reply by previous_response_id, with only what is new (Responses)",
  concurrent: "say while another reply is under way: each gets its own, on one connection or on several",
  lanes: "say takes a lane: requests of different lanes run at once on one connection, by stream_id",
  retry: "asks again by itself, with all it needs, where the server has lost the context or the connection ends",
  "connection-pool": "keeps its connection between requests, and opens more where it needs them",
  "warm-up": "warm-up: has the server prepare a reply without making one (generate: false)",
  steer: "steer: adds user input to a reply that is under way (response.steer)",
} as const

export type Capability = keyof typeof capabilities

/** What the app asks the subject to do; plain data, so that an adapter may live in another process or language.
 * `request` is the story's name for what is asked; futures and sightings refer to it. */
export type Operation =
  | { readonly do: "connect" }
  | { readonly do: "say"; readonly request: string; readonly text: string; readonly lane?: string }
  | { readonly do: "request"; readonly request: string; readonly instructions?: string; readonly outOfBand?: boolean }
  | { readonly do: "cancel"; readonly request?: string }
  | { readonly do: "speak"; readonly audio: string }
  | { readonly do: "commit"; readonly request: string }
  | { readonly do: "update"; readonly request: string; readonly instructions: string }
  | { readonly do: "truncate"; readonly heardMs: number }
  | { readonly do: "warm-up"; readonly request: string }
  /** `of` is the request whose reply is steered. */
  | { readonly do: "steer"; readonly of: string; readonly text: string }
  | { readonly do: "close" }

/** What kind of thing must settle: a promise of the subject's, a stream's end, a pair of callbacks. */
export type FutureKind = "connect" | "reply" | "stream" | "update" | "cancel" | "close" | "other"

/** A future the subject handed to the app. `id` is the adapter's own name for it, unique within the case. */
export interface Future {
  readonly id: string
  readonly kind: FutureKind
  /** The operation's `request` that it belongs to, if it belongs to one. */
  readonly request?: string
  /** The wire id of the response it belongs to, where the subject tells. */
  readonly response?: string
}

export type Outcome =
  | { readonly as: "resolved"; readonly response?: string }
  | { readonly as: "rejected"; readonly error: unknown }

/** Output that reached the app. Report pieces as they are delivered; `whole` marks a text that repeats earlier pieces.
 * `audio` is base64 PCM16, 24 kHz, mono. `response` is the wire id, where the subject tells. */
export interface Heard {
  readonly text?: string
  readonly audio?: string
  readonly whole?: boolean
  readonly response?: string
  readonly future?: string
}

/** Where sightings go. Every call is recorded in the trace's app lane at the present virtual time. */
export interface Report {
  opened(future: Future): void
  settled(id: string, outcome: Outcome): void
  /** Opens a future and settles it as the promise does. The returned promise never rejects. */
  follow(
    future: Future,
    promise: PromiseLike<unknown>,
    describe?: (value: unknown) => { response?: string },
  ): Promise<void>
  heard(output: Heard): void
  /** A response the app was told of: started, or ended with a status. */
  turn(turn: { readonly is: "started" | "ended"; readonly response?: string; readonly status?: string }): void
  /** A failure that surfaced through the subject's error event or callback, outside any future. */
  error(error: unknown, at?: { readonly request?: string; readonly response?: string }): void
  state(state: "connected" | "disconnected" | "reconnected"): void
  /** The subject threw, or said no at once, when it was asked for this operation. */
  refused(operation: Operation, error: unknown): void
}

/** A function the app offers to the model. The subject calls `run` with parsed arguments (or their JSON text) and sends back what it resolves to. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly parameters: {
    readonly type: "object"
    readonly properties: Readonly<Record<string, unknown>>
    readonly required: readonly string[]
    readonly additionalProperties: false
  }
  run(args: unknown, call?: { readonly call_id?: string }): Promise<string>
}

/** What an adapter is given for one case. */
export interface World {
  /** Where to connect: `wss://api.openai.com/v1/realtime` in memory, `ws://127.0.0.1:PORT/v1/realtime` over loopback;
   * for Responses `/v1/responses`. */
  readonly url: string
  readonly apiKey: string
  readonly model: string
  /** What replies consist of: ask for it as `session.output_modalities`. */
  readonly output: "audio" | "text"
  /** For a `sideband` scenario: dial with `?call_id=` this in place of `?model=`. */
  readonly callId?: string
  /** Whose server it is; absent: OpenAI's. */
  readonly dialect?: "azure" | "beta" | "xai"
  readonly tools: readonly Tool[]
  readonly report: Report
}

/** An opened adapter. `perform` starts the operation and returns when the subject took it, not when it is done:
 * what has to settle later is a future. An operation outside `can` is never asked for. Catch what the subject throws and
 * report it as `refused`: a throw out of `perform` is a broken adapter. */
export interface Driver {
  perform(operation: Operation): void | Promise<void>
}

export interface Adapter {
  /** The subject's name, e.g. `openai-agents`. */
  readonly name: string
  /** The subject's exact version, e.g. `0.20.0`. */
  readonly version: string
  readonly protocol: "realtime" | "responses"
  readonly can: readonly Capability[]
  /** Names of servers that the subject can talk to (`rtspec run --dialect`); absent: openai, azure and xai. */
  readonly dialects?: readonly ("openai" | "azure" | "beta" | "xai")[]
  /** For a mutant: the invariant that must catch it. */
  readonly caughtBy?: string
  open(world: World): Driver | Promise<Driver>
}

/** An adapter that is a program of its own, in any language: it speaks lines of JSON (harness/transports/process/README.md). */
export interface Program {
  readonly command: string
  readonly args?: readonly string[]
  /** Beside those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Working folder. */
  readonly cwd?: string
}
