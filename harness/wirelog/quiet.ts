// Whether anything is under way on a Realtime connection: a create that was not answered, a response that runs. Where nothing is, what
// came before has no say in what comes after.
import { read } from "../protocol/realtime/read.ts"
import type { LogEntry } from "./log.ts"

export interface Quiet {
  take(entry: LogEntry): void
  readonly isQuiet: boolean
}

export function createQuiet(): Quiet {
  const running = new Set<string>()
  let unanswered = 0
  const answered = () => {
    unanswered = Math.max(0, unanswered - 1)
  }
  return {
    take(entry) {
      if (entry.kind !== "event") return
      const { type, response } = entry.event
      if (type === "response.create") unanswered += 1
      else if (type === "error") answered()
      else if (type === "response.created") {
        answered()
        running.add(read.text(read.members(response).id) ?? "")
      } else if (type === "response.done") running.delete(read.text(read.members(response).id) ?? "")
    },
    get isQuiet() {
      return unanswered === 0 && running.size === 0
    },
  }
}
