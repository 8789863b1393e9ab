// The sans-IO model of one Realtime GA connection: what a correct server answers to a client event, whether an event of
// the server is lawful, and (composer) what it may send next. No I/O, no clock, no chance: ids come in as an argument.
//
// Theory of operation. A client event goes through client-rules.ts (refused?) and answers.ts (what then?); the answers
// are handed out and NOT applied, so that a story may delay, drop or replace them. Each event that the server does send
// is applied by applyServer, which keeps state.ts true to the wire and names the rules (rules.ts) that the event breaks.
// Where an event is unlawful the model goes on as well as it can. Lifecycles are tables (transitions.ts); those taken
// are counted in `state.transitionsTaken`.

import type { WireEvent } from "../event.ts"
import { answerClient, pendingCreate } from "./answers.ts"
import { type ClientMessage, isEvent, refuseClient } from "./client-rules.ts"
import { type Composer, createComposer } from "./composer.ts"
import type { Ids } from "./ids.ts"
import { CONVERSATION_JUDGES } from "./judge-conversation.ts"
import { INPUT_JUDGES } from "./judge-input.ts"
import { ITEM_JUDGES } from "./judge-item.ts"
import { RESPONSE_JUDGES } from "./judge-response.ts"
import { judgeFrame, SESSION_JUDGES } from "./judge-session.ts"
import { STREAM_JUDGES } from "./judge-stream.ts"
import type { Judge } from "./judging.ts"
import { type JsonObject, read } from "./read.ts"
import { type EchoEventId, errorFor, type Refusal } from "./refusals.ts"
import type { RuleBreak } from "./rules.ts"
import { DEFAULT_SESSION } from "./session-settings.ts"
import { createState, type RealtimeState } from "./state.ts"
import { step } from "./transitions.ts"

export type { Ids, RuleBreak }

export interface ModelOptions {
  readonly ids: Ids
  /** Whether errors name the client's event: true always, false never, absent as logs mostly show for the code. */
  readonly echoEventId?: EchoEventId
  /** Members of the session that differ from DEFAULT_SESSION, such as the model that the URL asks for. */
  readonly session?: JsonObject
}

export interface RealtimeModel {
  readonly state: RealtimeState
  /** What the server may send next. */
  readonly composer: Composer
  /** Takes a client message; returns what a correct server sends at once (acknowledgements, errors), not applied.
   * `refusal`: the server refuses it for this reason, whatever the message says. */
  applyClient(message: ClientMessage, refusal?: Refusal): WireEvent[]
  /** Takes an event that the server sends. Empty: lawful. Otherwise the rules it breaks. Never throws. */
  applyServer(event: WireEvent): RuleBreak[]
  /** What is wrong with a client message now, from the server's view; changes nothing, so ask before applyClient.
   * The rule is `client/` and the error code. A refusal may be a lawful race: judge blame elsewhere. */
  clientBreaks(message: ClientMessage): RuleBreak[]
}

const JUDGES: ReadonlyMap<string, Judge> = new Map([
  ...SESSION_JUDGES,
  ...RESPONSE_JUDGES,
  ...ITEM_JUDGES,
  ...STREAM_JUDGES,
  ...CONVERSATION_JUDGES,
  ...INPUT_JUDGES,
])

export function createRealtimeModel({ ids, echoEventId, session }: ModelOptions): RealtimeModel {
  const state = createState(Object.assign({}, DEFAULT_SESSION, { id: ids.next("sess") }, session), ids.next("conv"))
  const composer = createComposer(state, ids, echoEventId)
  return {
    state,
    composer,
    applyClient(message, refusal) {
      const refused = refusal ?? refuseClient(state, message)
      if (isEvent(message)) noteClient(state, ids, message, refused)
      if (refused === null) return isEvent(message) ? answerClient({ state, ids, composer }, message) : []
      const eventId = isEvent(message) ? message.event_id : undefined
      return [errorFor(ids.next("event"), refused, eventId, echoEventId)]
    },
    applyServer(event) {
      const breaks: RuleBreak[] = []
      judgeFrame(state, event, breaks)
      JUDGES.get(event.type)?.(state, event, breaks)
      return breaks
    },
    clientBreaks(message) {
      const refused = refuseClient(state, message)
      return refused === null ? [] : [{ rule: `client/${refused.code}`, message: refused.message, party: "client" }]
    },
  }
}

/** What is remembered of a client event even when it is refused. */
function noteClient(state: RealtimeState, ids: Ids, event: WireEvent, refused: Refusal | null): void {
  if (event.type === "response.cancel") noteCancel(state, event, refused)
  if (refused === null) return
  if (event.type === "session.update") state.refusedUpdates.push({ event_id: read.text(event.event_id) })
  if (event.type !== "response.create") return
  state.refusedCreates.push(pendingCreate(ids, event))
  step(state.transitionsTaken, "response", "absent", "response.create{refused}")
}

function noteCancel(state: RealtimeState, event: WireEvent, refused: Refusal | null): void {
  const id = read.text(event.response_id)
  if (id === null) state.cancels.any = true
  else state.cancels.ids.add(id)
  if (refused === null) return
  const response = state.responses.get(id ?? "")
  if (response !== undefined) step(state.transitionsTaken, "response", response.phase, "response.cancel")
  else if (state.pendingCreates.length > 0) step(state.transitionsTaken, "response", "requested", "response.cancel")
}
