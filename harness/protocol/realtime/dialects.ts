// Dialects: how servers other than api.openai.com word the same session. The model thinks in OpenAI GA events; a dialect
// renames, reorders and leaves out on the way to the client, and reads the client's own words back (PROTOCOL.md A.5, A.6).

import type { WireEvent } from "../event.ts"
import { azureDialect } from "./dialect-azure.ts"
import { betaDialect } from "./dialect-beta.ts"
import { xaiDialect } from "./dialect-xai.ts"

/** `openai`: GA as it stands. `azure`: Azure OpenAI GA. `beta`: the names of the retired beta, alive in Azure previews, in
 * Azure Voice Live and in clones. `xai`: xAI's Grok voice server. */
export const dialectNames = ["openai", "azure", "beta", "xai"] as const
export type DialectName = (typeof dialectNames)[number]

/** A dialect as one connection speaks it. It may keep an event back until it knows what comes next. */
export interface Dialect {
  /** What the client is sent for an event of the model's, in order; none where this server does not tell of it. */
  outgoing(event: WireEvent): readonly WireEvent[]
  /** A client event, in the model's words. */
  incoming(event: WireEvent): WireEvent
}

const makers: Readonly<Record<DialectName, () => Dialect>> = {
  openai: () => ({ outgoing: (event) => [event], incoming: (event) => event }),
  azure: azureDialect,
  beta: betaDialect,
  xai: xaiDialect,
}

/** For one connection. */
export function createDialect(name: DialectName): Dialect {
  return makers[name]()
}
