// What a server of Responses over WebSocket does and one of the Realtime API does not: the words of `server` for it.
import type { ErrorShape } from "../protocol/responses/errors.ts"
import type { SteerCode } from "../protocol/responses/steering.ts"
import type { ResponseHandle } from "./actors.ts"
import type { ServerAction, Step } from "./steps.ts"

const acts = (action: ServerAction): Step => ({ actor: "server", step: "acts", action })

export const responsesWords = {
  /** The error websocket_connection_limit_reached, whatever runs or waits, and then the close (PROTOCOL.md C.3). The
   * close's code is in no record; default: 1001, with which the Realtime API ends its 60 minutes (PROTOCOL.md N05). */
  limitsConnection: (how: { shape?: ErrorShape; code?: number } = {}): Step => acts({ does: "expires", ...how }),
  /** It is lost from cache and store: who continues from it is answered previous_response_not_found. */
  forgets: (forgotten: ResponseHandle): Step => acts({ does: "forgets", response: forgotten.label }),
  /** The server goes on with the steering that it took for `after`, which has ended: no create asks for this response. */
  startsSuccessor: (started: ResponseHandle, { after }: { after: ResponseHandle }): Step =>
    acts({ does: "starts", response: started.label, for: null, after: after.id }),
  /** The steering that was accepted for it is given back. */
  failsSteer: (of: ResponseHandle, code: SteerCode = "successor_creation_failed"): Step =>
    acts({ does: "fails-steer", response: of.label, code }),
  /** A warm-up's response: created and completed, without output. */
  warmsUp: (prepared: ResponseHandle, how: { for: string }): Step[] => [
    acts({ does: "starts", response: prepared.label, ...how }),
    acts({ does: "finishes", response: prepared.label, status: "completed" }),
  ],
} as const
