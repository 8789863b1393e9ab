// The sans-IO model of one connection of Responses over WebSocket: what a correct server answers to a client event,
// whether an event of the server is lawful, and (composer) what it may send next. No I/O, no clock, no chance.
//
// Theory of operation. A client event goes through client-rules.ts (refused?) and answers.ts (what then?); the answers
// are handed out and NOT applied, so that a story may delay, drop or replace them. A create is queued in
// `state.pending`; the caller chooses when it starts, among those that `composer.startable()` says may. Each event that
// the server does send is applied by applyServer, which attributes it (deltas carry no response id: lane and order
// decide), keeps state.ts true to the wire and names the rules (rules.ts) that the event breaks. Where an event is
// unlawful the model goes on as well as it can. Lifecycles are tables (transitions.ts); those taken are counted.

import type { WireEvent } from "../event.ts"
import type { Ids } from "../realtime/ids.ts"
import { read } from "../realtime/read.ts"
import { answerClient, answerRefused } from "./answers.ts"
import { type ClientMessage, isEvent, refuseClient } from "./client-rules.ts"
import { type Composer, createComposer } from "./composer.ts"
import type { ErrorShape } from "./errors.ts"
import { CREATED_JUDGES } from "./judge-created.ts"
import { ERROR_JUDGES } from "./judge-error.ts"
import { ITEM_JUDGES } from "./judge-item.ts"
import { STEER_JUDGES } from "./judge-steer.ts"
import { judgeOther, STREAM_JUDGES } from "./judge-stream.ts"
import { TERMINAL_JUDGES } from "./judge-terminal.ts"
import { broken, type Judge, noteNumber } from "./judging.ts"
import type { RuleBreak } from "./rules.ts"
import { responsesServerEvents } from "./server-events.ts"
import { type Archive, createState, type Profile, type ResponsesState } from "./state.ts"
import { refuseSteer } from "./steering.ts"

export type { Archive, Ids, Profile, RuleBreak }

export interface ModelOptions {
  readonly ids: Ids
  readonly profile: Profile
  /** What `store` is for a create that does not say; true, as in the API. */
  readonly stored?: boolean
  /** What the server has stored so far, shared by the connections of a case; empty when absent. */
  readonly archive?: Archive
  /** The shape of errors unless a composition asks for another; wrapped. */
  readonly errorShape?: ErrorShape
}

export interface ResponsesModel {
  readonly state: ResponsesState
  /** What the server may send next. */
  readonly composer: Composer
  /** Takes a client message; returns what a correct server sends at once (errors, answers to steering), not applied. */
  applyClient(message: ClientMessage): WireEvent[]
  /** Takes an event that the server sends. Empty: lawful. Otherwise the rules it breaks. Never throws. */
  applyServer(event: WireEvent): RuleBreak[]
  /** What is wrong with a client message now, from the server's view; changes nothing, so ask before applyClient.
   * The rule is `client/` and the error code, or its type where the code is null. Nothing is said of a create that has
   * to wait: what it continues from is looked at in its turn. */
  clientBreaks(message: ClientMessage): RuleBreak[]
  /** The server loses a response, from its cache and its store: continuing from it is previous_response_not_found. */
  forget(responseId: string): void
}

const JUDGES: ReadonlyMap<string, Judge> = new Map([
  ...CREATED_JUDGES,
  ...TERMINAL_JUDGES,
  ...ITEM_JUDGES,
  ...STREAM_JUDGES,
  ...ERROR_JUDGES,
  ...STEER_JUDGES,
])

export function createResponsesModel(options: ModelOptions): ResponsesModel {
  const { ids, profile, stored = true, archive = new Map(), errorShape: shape = "wrapped" } = options
  const state = createState(profile, archive)
  const composer = createComposer(state, ids, shape)
  const answering = { state, ids, composer, shape, stored }
  return {
    state,
    composer,
    applyClient(message) {
      if (state.phase === "limited") return [] // the close is on its way
      const refused = refuseClient(state, message)
      if (refused !== null) return answerRefused(answering, isEvent(message) ? message : null, refused)
      return isEvent(message) ? answerClient(answering, message) : []
    },
    applyServer(event) {
      const breaks: RuleBreak[] = []
      judge(state, event, breaks)
      return breaks
    },
    clientBreaks(message) {
      const refused = refuseClient(state, message)
      if (refused !== null) return [clientBreak(refused.code, refused.message)]
      const steered = isEvent(message) && message.type === "response.steer" ? refuseSteer(state, message) : null
      return steered === null ? [] : [clientBreak(steered, `Steering is refused: ${steered}.`)]
    },
    forget(responseId) {
      for (const lane of state.lanes.values()) if (lane.cached?.id === responseId) lane.cached = null
      archive.delete(responseId)
    },
  }
}

function judge(state: ResponsesState, event: WireEvent, breaks: RuleBreak[]): void {
  if (state.phase === "limited") {
    broken(breaks, "nothing-after-connection-limit", `${event.type} comes after the connection limit was reached`)
    return
  }
  const known = JUDGES.get(event.type)
  if (known !== undefined) known(state, event, breaks)
  else if (Object.hasOwn(responsesServerEvents, event.type)) judgeOther(state, event, breaks)
  else noteUndeclared(state, event)
}

/** Vendor and future events (PROTOCOL.md C.5) break nothing; one that is numbered with the response is counted. */
function noteUndeclared(state: ResponsesState, event: WireEvent): void {
  const lane = state.lanes.get(read.text(event.stream_id))
  noteNumber(state.responses.get(lane?.running ?? ""), event)
}

function clientBreak(code: string | null, message: string): RuleBreak {
  return { rule: `client/${code ?? "invalid_request_error"}`, message, party: "client" }
}
