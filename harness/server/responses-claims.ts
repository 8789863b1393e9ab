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
      const words = wordsIn(create.params.input).at(-1) ?? ""
      const said = asked.findLast(({ text }) => text !== undefined && words.includes(text))
      const claimed = said ?? asked.findLast(({ text, isClaimed }) => text === undefined && !isClaimed)
      if (!claimed) return
      claimed.isClaimed = true
      requestOf.set(create, claimed.request)
    },
    isFor: (create, request) => requestOf.get(create) === request,
    isFree: (create) => !requestOf.has(create),
    // Words that stand in a create before the last ones are answered with them.
    mayShare(create, request) {
      if ([...requestOf.values()].includes(request)) return false
      const text = asked.findLast((each) => each.request === request)?.text
      return text === undefined || wordsIn(create.params.input).some((words) => words.includes(text))
    },
  }
}

/** The texts of the user's messages: a whole context has all of them, an increment what is new. */
function wordsIn(input: unknown): string[] {
  if (typeof input === "string") return [input]
  return read.list(input).flatMap((item) => {
    const { role, content } = read.members(item)
    if (role !== "user") return []
    if (typeof content === "string") return [content]
    const parts = read.list(content).map((part) => read.text(read.members(part).text) ?? "")
    return [parts.join("")]
  })
}
