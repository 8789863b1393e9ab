// Realtime: which of the app's requests a response.create is for. The wire does not say, so it is counted: the earliest
// request that has no create yet, except that one whose create names it in its instructions comes first.
import type { Claims, Waiting } from "./speaker.ts"

export function createClaims(): Claims {
  const unclaimed: string[] = []
  const requestOf = new Map<Waiting, string>()
  return {
    expect: (request) => void unclaimed.push(request),
    claim(create) {
      const instructions = String(create.params.instructions ?? "")
      const named = unclaimed.findIndex((request) => instructions.includes(request))
      const [request] = unclaimed.splice(Math.max(0, named), 1)
      if (request !== undefined) requestOf.set(create, request)
    },
    isFor: (create, request) => requestOf.get(create) === request,
    isFree: (create) => !requestOf.has(create),
    // Whatever answers the conversation answers all that was said in it.
    mayShare: () => true,
  }
}
