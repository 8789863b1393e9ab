// The steps that a story is made of, as data: who does what, and what is owed at this point.
import type { FutureKind, Operation } from "../adapter.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { ErrorShape } from "../protocol/responses/errors.ts"
import type { SteerCode } from "../protocol/responses/steering.ts"

export type ResponseStatus = "completed" | "cancelled" | "failed" | "incomplete"

/** What the scripted server does. Responses are named by label; `for` names the request whose response.create is meant,
 * null means that the server starts by itself. */
export type ServerAction =
  | {
      readonly does: "starts"
      readonly response: string
      readonly for: string | null
      readonly metadata?: "none"
      /** Responses: the steered response that it succeeds. */
      readonly after?: string
      /** Responses: response.queued comes before response.in_progress. */
      readonly queued?: boolean
    }
  | {
      readonly does: "streams"
      readonly response: string
      readonly pieces: number
      readonly pieceMs?: number
      /** `transcript` and `sound`: the one half of spoken output without the other. */
      readonly as?: "audio" | "text" | "transcript" | "sound"
    }
  | { readonly does: "finishes-item"; readonly response: string }
  | {
      readonly does: "calls-tool"
      readonly response: string
      readonly call: string
      readonly tool: string
      readonly args: string
      readonly leave?: "open"
    }
  | {
      readonly does: "finishes"
      readonly response: string
      readonly status: ResponseStatus
      readonly reason?: string
      readonly error?: { readonly type: string; readonly code: string; readonly message: string }
      /** Responses: an error of that shape comes before response.failed. */
      readonly errorFirst?: ErrorShape
      /** Responses: the terminal event has no `output`. */
      readonly withoutOutput?: boolean
    }
  | {
      readonly does: "errors"
      readonly for?: string
      readonly code: string | null
      readonly message?: string
      readonly type?: string
      readonly eventId: "echoed" | "null"
      /** Responses: the running response that it ends. */
      readonly response?: string
      readonly shape?: ErrorShape
      readonly status?: number
      readonly statusField?: "status" | "status_code"
      readonly param?: string
      readonly headers?: Readonly<Record<string, string>>
      /** Responses: response.failed comes all the same. */
      readonly thenFailed?: boolean
    }
  | { readonly does: "ignores"; readonly request: string }
  /** The next session.update is refused, as a whole. */
  | { readonly does: "refuses-update"; readonly code: string; readonly param: string; readonly message: string }
  /** The next `next` connections are accepted, and then told an error and closed. */
  | {
      readonly does: "turns-away"
      readonly next: number
      readonly code: string | null
      readonly message: string
      readonly closeCode: number
    }
  | { readonly does: "hears-speech"; readonly part: "starts" | "stops" | "commits" }
  | { readonly does: "hears-nothing" }
  | { readonly does: "tells-rate-limits" }
  | { readonly does: "transcribes"; readonly part: "delta" | "completed" | "failed" }
  /** `connection`: by number, from 1; absent: the newest that reaches the client. */
  | { readonly does: "sends"; readonly event: WireEvent; readonly connection?: number }
  /** From a wire log: as `sends`, but known to the model, open to faults, and with the ids that the client gives now. */
  | { readonly does: "tells"; readonly event: WireEvent; readonly connection: number }
  | { readonly does: "sends-text"; readonly text: string }
  | { readonly does: "sends-binary"; readonly bytes: number }
  | { readonly does: "repeats"; readonly type: string; readonly sameEventId: boolean }
  /** The 60 minutes are over: the error that says so, then the close, with this code or the one that is usual. */
  | { readonly does: "expires"; readonly shape?: ErrorShape; readonly code?: number }
  /** Responses: it is in no cache and no store any more. */
  | { readonly does: "forgets"; readonly response: string }
  /** Responses: the steering that was accepted for it is given back. */
  | { readonly does: "fails-steer"; readonly response: string; readonly code: SteerCode }
  | { readonly does: "acknowledges"; readonly from: "later" | "now" }
  /** Accepts response.cancel and goes on: the story says how the response ends. */
  | { readonly does: "cancels-late" }

export type NetworkAction =
  | { readonly does: "drops"; readonly reset: boolean }
  | { readonly does: "closes"; readonly code: number; readonly reason: string }
  | { readonly does: "goes-silent" }
  | { readonly does: "refuses"; readonly next: number; readonly status: number }
  | { readonly does: "never-answers"; readonly next: number }
  /** The next connection attempts are accepted, that much later. */
  | { readonly does: "accepts-late"; readonly next: number; readonly afterMs: number }
  | { readonly does: "holds" }
  | { readonly does: "releases" }

/** Fields that must be there and match; see match.ts. */
export type Pattern = Readonly<Record<string, unknown>>

export type Step =
  | { readonly actor: "user"; readonly step: "performs"; readonly operation: Operation }
  /** `orFailed`: a request of which the app may know, instead, that it has failed. */
  | { readonly actor: "user"; readonly step: "must-hear"; readonly response: string; readonly orFailed?: string }
  | { readonly actor: "user"; readonly step: "must-not-hear"; readonly response: string }
  | {
      readonly actor: "user"
      readonly step: "must-settle"
      readonly request: string
      readonly kind: FutureKind
      readonly as: "resolved" | "rejected" | "either"
      readonly code?: string
    }
  | { readonly actor: "user"; readonly step: "must-be-pending"; readonly request: string; readonly kind: FutureKind }
  | { readonly actor: "user"; readonly step: "must-see-error"; readonly code?: string }
  | { readonly actor: "user"; readonly step: "must-not-see-error" }
  | { readonly actor: "user"; readonly step: "must-run-tool"; readonly tool: string; readonly times: number }
  | {
      readonly actor: "client"
      readonly step: "must-send" | "should-send" | "must-not-send"
      readonly type: string
      readonly match: Pattern
      readonly times?: number
    }
  | { readonly actor: "client"; readonly step: "must-connect"; readonly times: number }
  | { readonly actor: "client"; readonly step: "must-send-audio"; readonly ms: number }
  | { readonly actor: "server"; readonly step: "acts"; readonly action: ServerAction }
  | { readonly actor: "network"; readonly step: "acts"; readonly action: NetworkAction }
  | { readonly actor: "time"; readonly step: "passes"; readonly ms: number }
  | {
      readonly actor: "time"
      readonly step: "passes-until-settled"
      readonly request: string
      readonly withinMs: number
    }
  | { readonly actor: "time"; readonly step: "passes-until-sent"; readonly type: string; readonly withinMs: number }
  | { readonly actor: "time"; readonly step: "passes-until-connected"; readonly withinMs: number }
  /** From a wire log: until that connection has sent so many events and so much audio. Where it has not by then, the app
   * performs what it may have performed when the log was recorded; without that, the story ends here. */
  | {
      readonly actor: "time"
      readonly step: "passes-until-heard"
      readonly connection: number
      readonly events: number
      readonly audioBytes: number
      readonly withinMs: number
      readonly otherwise?: Operation
    }

/** One line for a person, as `rtspec list` and failure pages show a step. */
export function describeStep(step: Step): string {
  const { actor, step: kind, ...rest } = step
  const told = Object.entries(rest).filter(([name, value]) => name !== "match" || Object.keys(value).length > 0)
  const details = JSON.stringify(Object.fromEntries(told)).replace(/["{}]/g, "").replace(/,/g, ", ")
  return `${actor} ${kind} ${details}`.trim()
}
