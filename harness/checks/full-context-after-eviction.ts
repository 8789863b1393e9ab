// What the server has forgotten is told again, in full.
import { type Eviction, evictedBefore } from "./evictions.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CreateReading, Reading } from "./reading.ts"
import { wordsOf } from "./ties-responses.ts"

interface Asked extends Trigger {
  readonly create: CreateReading
  readonly evicted: readonly Eviction[]
}

/**
 * A response that was not stored is forgotten when its connection ends, when a request that continued from it fails, and
 * when its lane has gone on; any, when the server says so. Fair: a client that has never continued from a response keeps no
 * conversation that we know of, and owes no context; what was said in another lane is another conversation, and what was
 * said after the request that is asked for once more (as by a tool's result) is no part of what comes before it; when a create
 * on a silent line was written, nobody knows.
 */
export const fullContextAfterEviction = invariant(
  {
    id: "full-context-after-eviction",
    title: "A request does not continue from what the server has forgotten, but tells the conversation in full",
    cites: ["response.create", "previous_response_not_found", "W02", "W03", "W21"],
    why: "Every further question is refused, or is answered by a model that has forgotten what was said.",
    protocols: ["responses"],
  },
  (reading): Asked[] =>
    reading.creates.flatMap((create) => {
      const evicted = find.isOnDeadLine(create, reading) ? [] : evictedBefore(create, reading)
      return evicted.length > 0 ? [{ index: create.entry.index, create, evicted }] : []
    }),
  ({ create, evicted, index }, reading): Finding[] => {
    const parent = evicted.find(({ response }) => response.id === create.context?.previous)
    if (parent) {
      const message = `No request may continue from ${parent.response.id}, for ${parent.why}; this one named it as previous_response_id.`
      return [{ message, cause: parent.cause, offence: index }]
    }
    if (create.context?.previous !== undefined || !keepsConversation(reading)) return []
    const lost = evicted.findLast(({ response }) => isMissing(response.create, create))
    if (!lost) return []
    const message = `A request that continues from nothing must tell the conversation in full; "${lost.response.create?.request?.name}", which ${lost.response.id} had answered, was not in its input.`
    return [{ message, cause: lost.cause, offence: index }]
  },
)

const keepsConversation = ({ creates }: Reading) => creates.some(({ context }) => context?.previous !== undefined)

/** Whether the words that an earlier create was for are not in the input of a later one. */
function isMissing(earlier: CreateReading | undefined, { context, request }: CreateReading): boolean {
  const operation = earlier?.request?.operation
  const isLater = request && earlier?.request && earlier.request.performed.index > request.performed.index
  if (isLater) return false
  if (operation?.do !== "say" || earlier?.context?.lane !== context?.lane) return false
  return !context?.input.some((item) => wordsOf(item)?.includes(operation.text))
}
