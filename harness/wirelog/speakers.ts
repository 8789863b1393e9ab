// The model of each connection of a log: which rule the server breaks, and what a correct server would have refused.
import type { WireEvent } from "../protocol/event.ts"
import { createDialect, type DialectName } from "../protocol/realtime/dialects.ts"
import { countingIds, type Ids } from "../protocol/realtime/ids.ts"
import { createRealtimeModel, type RealtimeModel } from "../protocol/realtime/model.ts"
import { read } from "../protocol/realtime/read.ts"
import { RULES as realtimeRules } from "../protocol/realtime/rules.ts"
import { createResponsesModel } from "../protocol/responses/model.ts"
import { RULES as responsesRules } from "../protocol/responses/rules.ts"
import { forgetRealtime, forgetResponses } from "./forget.ts"
import { revived } from "./revive.ts"

export interface Break {
  readonly rule: string
  readonly message: string
}

export interface Witness {
  /** Rules of the protocol that this event of the server breaks. */
  server(event: WireEvent): readonly Break[]
  /** What is wrong with an event of the client's whatever has crossed it. */
  client(event: WireEvent): readonly Break[]
}

/** A refusal for one of these may be a lawful race, or rest on what came before the log began. */
const mayBeARace =
  /active_response|not_active|not_found|commit_empty|buffer|previous_response|tool_|item_|already|limit|steer|expired/

/** What the model makes up must not be what the log calls something else. */
function ownIds(): Ids {
  const ids = countingIds()
  return { next: (kind) => `witness_${ids.next(kind)}` }
}

/** How often a model looks at what it may forget, in events. */
const forgetsEvery = 4_096

export function createWitness(protocol: "realtime" | "responses", dialect: DialectName): Witness {
  const { model, applyServer, forget } = createModel(protocol, dialect)
  const words = createDialect(dialect)
  let heard = 0
  const hear = () => {
    heard += 1
    if (heard % forgetsEvery === 0) forget()
  }
  return {
    server(event) {
      hear()
      return applyServer(revived(event))
    },
    client(given) {
      hear()
      const event = words.incoming(revived(given))
      const wrong = model.clientBreaks(event).filter(({ rule }) => !mayBeARace.test(rule))
      model.applyClient(event)
      return wrong
    },
  }
}

function createModel(protocol: "realtime" | "responses", dialect: DialectName) {
  if (protocol === "responses") {
    const model = createResponsesModel({ ids: ownIds(), profile: "lanes" })
    return { model, applyServer: model.applyServer, forget: () => forgetResponses(model.state) }
  }
  const model = createRealtimeModel({ ids: ownIds() })
  const applyServer = dialect === "beta" ? inBetaWords(model) : model.applyServer
  return { model, applyServer, forget: () => forgetRealtime(model.state) }
}

/** The beta's session is flat, and it tells of an item once: the model is told of both as it knows them. */
function inBetaWords({ state, applyServer }: RealtimeModel): RealtimeModel["applyServer"] {
  const words = createDialect("beta")
  return (event) => {
    if (event.type === "session.created" || event.type === "session.updated") {
      const { session } = words.incoming({ type: "session.update", session: event.session })
      return applyServer({ ...event, session })
    }
    const breaks = applyServer(event)
    const isListed = event.type === "conversation.item.created" && state.input.unlisted === read.members(event.item).id
    if (isListed) state.input.unlisted = null
    return breaks
  }
}

interface About {
  readonly says: string
  readonly level: string
  readonly source: string
}

const rules: Readonly<Record<"realtime" | "responses", ReadonlyMap<string, About>>> = {
  realtime: new Map(realtimeRules.map((rule) => [rule.id, rule])),
  responses: new Map(responsesRules.map((rule) => [rule.id, rule])),
}

/** What a rule says and where it stands; nothing for a refusal of the client's. */
export const aboutRule = (protocol: "realtime" | "responses", id: string): About | undefined => rules[protocol].get(id)
