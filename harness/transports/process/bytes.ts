// Whether bytes are on their way: both ends count what they send and receive, and the sums are compared.
import type { Settled } from "./messages.ts"
import type { Wire } from "./wire.ts"

export interface Ledger {
  /** All that was sent on either side was received on the other. */
  isEven(said: Settled | undefined): boolean
  /** What is missing now stays missing: it waits in a socket that nobody reads, or went down with one. */
  accept(said: Settled | undefined): void
  reset(): void
}

export function createLedger(wire: Wire): Ledger {
  let accepted = { toClient: 0, toServer: 0 }
  const missing = (said: Settled | undefined) => {
    const { sent, received } = wire.bytes()
    return { toClient: sent - (said?.received ?? sent), toServer: (said?.sent ?? received) - received }
  }
  return {
    isEven(said) {
      // What was sent to an end that has closed is lost, and nothing else is open.
      if (said?.sockets === 0 && wire.streams() === 0) return true
      const { toClient, toServer } = missing(said)
      return toClient <= accepted.toClient && toServer <= accepted.toServer
    },
    accept(said) {
      accepted = missing(said)
    },
    reset() {
      accepted = { toClient: 0, toServer: 0 }
    },
  }
}
