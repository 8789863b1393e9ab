// The app's changes of the chat context, one after the other: each begins from what the server has acknowledged.
import type { ChatContext, RealtimeSession } from "../livekit/shapes.ts"

export type ChangeContext = (change: (context: ChatContext) => void) => Promise<void>

/** A change that fails does not hold up the next. */
export function createContext(session: () => RealtimeSession): ChangeContext {
  let last: Promise<void> = Promise.resolve()
  return (change) => {
    const next = async () => {
      const copy = session().chatCtx.copy()
      change(copy)
      await session().updateChatCtx(copy)
    }
    last = last.then(next, next)
    return last
  }
}
