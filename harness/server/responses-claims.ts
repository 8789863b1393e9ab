// Responses: which of the app's requests a response.create is for. It carries the user's words in its input; one that
// carries none of them (tool results, a warm-up) is for what was asked last and has no create yet, if anything was.
import { read } from "../protocol/realtime/read.ts"
import type { Claims, Waiting } from "./speaker.ts"

export function createResponsesClaims(): Claims {
  const asked: { readonly request: string; readonly text: string | undefined; isClaimed: boolean }[] = []
  const requestOf = new Map<Waiting, string>()
  return {
    expect: (request, text) => void asked.push({ request, text, isClaimed: false }),
    claim(create) {
      const words = lastWords(create.params.input)
      const said = asked.findLast(({ text }) => text !== undefined && words.includes(text))
      const claimed = said ?? asked.findLast(({ text, isClaimed }) => text === undefined && !isClaimed)
      if (!claimed) return
      claimed.isClaimed = true
      requestOf.set(create, claimed.request)
    },
    isFor: (create, request) => requestOf.get(create) === request,
    isFree: (create) => !requestOf.has(create),
    mayShare: (request) => ![...requestOf.values()].includes(request),
  }
}

/** The text of the last user message, which a whole context has at its end and an increment as its only one. */
function lastWords(input: unknown): string {
  if (typeof input === "string") return input
  const message = read.list(input).findLast((item) => read.members(item).role === "user")
  const { content } = read.members(message)
  if (typeof content === "string") return content
  return read
    .list(content)
    .map((part) => read.text(read.members(part).text) ?? "")
    .join("")
}
