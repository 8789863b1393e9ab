// What the app has heard it does not hear again.
import type { EntryOf } from "../trace/trace.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CreateReading, Reading, RequestReading, ResponseReading } from "./reading.ts"
import { answersCall } from "./ties-responses.ts"

interface Again extends Trigger {
  readonly request: RequestReading
  readonly first: CreateReading
  readonly second: CreateReading
}

type Heard = EntryOf<"app", "heard">

/** Fair: a request is asked for again where a create of it, that goes on with no tool's output, follows another; before
 * anything of the first response was delivered that is the app's gain. Events that a fault repeats raise the question too. */
export const nothingDeliveredTwiceOnRetry = invariant(
  {
    id: "nothing-delivered-twice-on-retry",
    title: "A request that is asked for again delivers nothing that was delivered before",
    cites: ["response.create", "response.output_text.delta", "M01", "W15", "W20"],
    why: "The user hears the beginning of the answer twice, or two different answers to one question.",
    protocols: ["responses"],
  },
  (reading): (Again | Repeated)[] => [...retries(reading), ...repeats(reading)],
  (trigger, reading): Finding[] =>
    "response" in trigger ? judgeRepeat(trigger, reading) : judgeRetry(trigger, reading),
)

function retries({ requests }: Reading): Again[] {
  return requests.flatMap((request) =>
    request.creates.flatMap((second, at) => {
      const first = request.creates[at - 1]
      if (!first || isFollowUp(second, first)) return []
      return [{ index: second.entry.index, request, first, second }]
    }),
  )
}

/** A create with a tool's output goes on; the same once more is a retry. */
function isFollowUp({ context }: CreateReading, first: CreateReading): boolean {
  const last = answersCall(context?.input.at(-1))
  return last !== undefined && last !== answersCall(first.context?.input.at(-1))
}

function judgeRetry({ request, first, second }: Again, reading: Reading): Finding[] {
  const before = first.response && heardOf(first.response, reading)[0]
  const after = second.response && heardOf(second.response, reading)[0]
  if (!before || !after || before.index > second.entry.index) return []
  const message = `"${request.name}" was asked for again after text of ${first.response?.id} had been delivered; the app then got text of ${second.response?.id}, too.`
  return [{ message, cause: before.index, offence: after.index }]
}

interface Repeated extends Trigger {
  readonly response: ResponseReading
}

/** Deltas whose number had been before. */
function repeats({ responses, trace }: Reading): Repeated[] {
  return responses.flatMap((response) => {
    const seen = new Set<unknown>()
    for (const index of response.signs) {
      const entry = trace.entries[index]
      const number = entry?.kind === "event" ? entry.event.sequence_number : undefined
      if (number !== undefined && seen.has(number)) return [{ index, response }]
      seen.add(number)
    }
    return []
  })
}

/** By what was heard before, not by the order: what only comes late is heard once. */
function judgeRepeat({ index, response }: Repeated, reading: Reading): Finding[] {
  const before = new Set<number>()
  for (const heard of heardOf(response, reading)) {
    for (const { label, from, to } of heard.pieces) {
      if (label !== response.label) continue
      for (let piece = from; piece <= to; piece += 1) {
        if (before.has(piece) && !heard.whole) {
          const message = `An event of ${response.id} came twice; the app got piece ${piece} of its text a second time.`
          return [{ message, cause: index, offence: heard.index }]
        }
        before.add(piece)
      }
    }
  }
  return []
}

const heardOf = ({ label }: ResponseReading, { sightings }: Reading): Heard[] =>
  sightings.heard.filter(({ pieces }) => pieces.some((piece) => piece.label === label))
