// What failed is no context: nothing continues from it, and its tool calls are nobody's.
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CreateReading, ResponseReading } from "./reading.ts"
import { answersCall } from "./ties-responses.ts"

interface AfterFailure extends Trigger {
  readonly create: CreateReading
  readonly failed: readonly ResponseReading[]
}

/** Fair: judged are creates sent after the failure was told, though not in its round. An output may be sent for a call of a
 * failed response where the call itself is sent with it, as any other text of the client's own. */
export const neverChainOnAFailedResponse = invariant(
  {
    id: "never-chain-on-a-failed-response",
    title: "No request continues from a response that failed, nor answers its tool calls",
    cites: ["response.failed", "error", "response.create", "W21"],
    why: "The server keeps no failed response: the conversation is stuck on an id that is never found.",
    protocols: ["responses"],
  },
  (reading): AfterFailure[] =>
    reading.creates.flatMap((create) => {
      const { index, round } = create.entry
      const failed = reading.responses.filter(
        ({ status, done }) => status === "failed" && done && done.index < index && done.round < round,
      )
      return failed.length > 0 ? [{ index, create, failed }] : []
    }),
  ({ create, failed, index }): Finding[] => {
    const parent = failed.find(({ id }) => id === create.context?.previous)
    if (parent) {
      const message = `${parent.id} had failed, so no request may continue from it; the next response.create named it as previous_response_id.`
      return [{ message, cause: parent.done?.index ?? index, offence: index }]
    }
    return failed.flatMap((response) => staleOutputs(create, response))
  },
)

function staleOutputs({ context, entry }: CreateReading, { id, calls, done }: ResponseReading): Finding[] {
  const input = context?.input ?? []
  const isStale = ({ call_id }: { call_id: string }) =>
    input.some((item) => answersCall(item) === call_id) && !input.some((item) => calledBy(item) === call_id)
  const stale = calls.find(isStale)
  if (!stale) return []
  const message = `${id} had failed, and its tool calls with it; a later response.create still answered ${stale.call_id}.`
  return [{ message, cause: done?.index ?? entry.index, offence: entry.index }]
}

function calledBy(item: unknown): unknown {
  const isObject = typeof item === "object" && item !== null && "type" in item && "call_id" in item
  return isObject && item.type === "function_call" ? item.call_id : undefined
}
