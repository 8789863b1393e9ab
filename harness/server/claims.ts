// Which of the app's requests a response.create is for. The wire does not say, so it is counted: the earliest request
// that has no create yet, except that one whose create names it in its instructions comes first.
import type { PendingCreate } from "../protocol/realtime/state.ts"

export interface Claims {
  expect(request: string): void
  /** A create has come in. */
  claim(create: PendingCreate): void
  /** The waiting create of that request, or else the earliest one that waits. */
  find(request: string, waiting: readonly PendingCreate[]): PendingCreate | undefined
}

export function createClaims(): Claims {
  const unclaimed: string[] = []
  const requestOf = new Map<PendingCreate, string>()
  return {
    expect: (request) => void unclaimed.push(request),
    claim(create) {
      const instructions = String(create.params.instructions ?? "")
      const named = unclaimed.findIndex((request) => instructions.includes(request))
      const [request] = unclaimed.splice(Math.max(0, named), 1)
      if (request !== undefined) requestOf.set(create, request)
    },
    find(request, waiting) {
      return waiting.find((create) => requestOf.get(create) === request) ?? waiting[0]
    },
  }
}
