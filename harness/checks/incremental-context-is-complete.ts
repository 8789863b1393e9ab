// A request that continues from a response with tool calls brings an output for each of them.
import { read as member } from "../protocol/realtime/read.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CreateReading } from "./reading.ts"
import { answersCall } from "./ties-responses.ts"

interface Continued extends Trigger {
  readonly create: CreateReading
  /** Calls that its input has to answer, and the entry that made it so. */
  readonly owed: ReadonlyMap<string, number>
}

/** Fair: a call that was never completed is owed nothing. In a whole context the same holds of the calls that it tells. */
export const incrementalContextIsComplete = invariant(
  {
    id: "incremental-context-is-complete",
    title: "A request answers every tool call of the response that it continues from",
    cites: ["response.create", "function_call_output", "W24"],
    why: "The server refuses it for want of one output, and the conversation can go neither forward nor back.",
    protocols: ["responses"],
  },
  (reading): Continued[] =>
    reading.creates.flatMap((create) => {
      const { index } = create.entry
      const parent = reading.responses.find(({ id }) => id === create.context?.previous)
      const owed = new Map(parent?.calls.map(({ call_id, completed, since }) => [call_id, completed?.index ?? since]))
      for (const call_id of calledIn(create)) owed.set(call_id, index)
      return owed.size > 0 ? [{ index, create, owed }] : []
    }),
  ({ create, owed, index }): Finding[] => {
    const answered = new Set(create.context?.input.map(answersCall))
    for (const [call_id, cause] of owed) {
      if (answered.has(call_id)) continue
      const of = cause === index ? "that its own input tells of" : `of ${create.context?.previous}`
      const message = `A request must answer every call ${of}; there was no output for ${call_id} in its input.`
      return [{ message, cause, offence: index }]
    }
    return []
  },
)

function calledIn({ context }: CreateReading): string[] {
  return (context?.input ?? []).flatMap((item) => {
    const { type, call_id } = member.members(item)
    const id = member.text(call_id)
    return type === "function_call" && id !== null ? [id] : []
  })
}
