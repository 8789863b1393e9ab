// Output is delivered under the response that it is of, and a request is answered with its own response.
import type { EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { Reading, RequestReading, ResponseReading } from "./reading.ts"
import { nameOf } from "./words.ts"

interface Attributed extends Trigger {
  readonly entry: EntryOf<"app", "heard"> | EntryOf<"app", "settled">
}

/** Fair: where not even the order of events tells which create a response answers, nothing is judged, but that it came before
 * the request was made; output of a response that goes on after a tool call may come under the request that it goes on from;
 * output that came under another response's id is rightly reported under that. */
export const outputBelongsToItsRequest = invariant(
  {
    id: "output-belongs-to-its-request",
    title: "Output and answers are attributed to the response and the request that they belong to",
    cites: ["response.created", "C04", "C05", "C10", "S05"],
    why: "The app shows or plays one answer as the answer to another question.",
    protocols: ["realtime", "responses"],
  },
  (reading): Attributed[] => [
    ...reading.sightings.heard
      .filter(({ response, future, pieces }) => pieces.length > 0 && (response ?? future) !== undefined)
      .map((entry) => ({ index: entry.index, entry })),
    ...reading.sightings.settled
      .filter(({ response }) => response !== undefined)
      .map((entry) => ({ index: entry.index, entry })),
  ],
  ({ entry }, reading) => (entry.kind === "heard" ? judgeHeard(entry, reading) : judgeSettled(entry, reading)),
)

function judgeHeard(heard: EntryOf<"app", "heard">, reading: Reading): Finding[] {
  const offence = heard.index
  for (const { label } of heard.pieces) {
    const response = find.labelled(label, reading)
    const cause = response?.created.index ?? offence
    if (heard.response !== undefined && heard.response !== `resp_${label}` && !cameAs(heard.response, heard, reading)) {
      const message = `Output reported as of ${heard.response} must be of that response; it is of resp_${label}.`
      return [{ message, cause, offence }]
    }
    const future = heard.future === undefined ? undefined : reading.futures.get(heard.future)
    if (!future || !response) continue
    const named = future.opened?.of === "stream" ? future.opened.response : undefined
    if (named !== undefined && named !== response.id) {
      const message = `The ${nameOf.future(future)} is that of ${named}; it delivered output of ${response.id}.`
      return [{ message, cause, offence }]
    }
    const wrong = future.request && notOf(future.request, response)
    if (wrong)
      return [{ message: `The ${nameOf.future(future)} delivered output of ${response.id}, ${wrong}.`, cause, offence }]
  }
  return []
}

/** The wire itself said so, of what was heard just now. */
const cameAs = (id: string, { index }: EntryOf<"app", "heard">, { delivered }: Reading): boolean =>
  delivered.findLast((entry) => entry.index < index)?.event.response_id === id

function judgeSettled(settled: EntryOf<"app", "settled">, reading: Reading): Finding[] {
  const future = reading.futures.get(settled.future)
  const response = reading.responses.findLast(({ id }) => id === settled.response)
  const wrong = future?.request && response && notOf(future.request, response)
  if (!future || !response || !wrong) return []
  const message = `The ${nameOf.future(future)} must be answered with its own response; it was resolved with ${response.id}, ${wrong}.`
  return [{ message, cause: response.created.index, offence: settled.index }]
}

/** Why the response certainly does not answer the request, or nothing. */
function notOf(request: RequestReading, { create, created, isPlain }: ResponseReading): string | undefined {
  if (request.servedByServer) return undefined
  const isOlder = request.operation.do !== "commit" && created.index < request.performed.index
  if (isPlain && !create) return "which the server started by itself"
  if (!isPlain || !create?.request) return isOlder ? "which was there before it was asked" : undefined
  if (create.request === request || !(isOlder || areApart(request, create.request))) return undefined
  return `which answers "${create.request.name}"`
}

/** Two requests can be confused by us when one create may have been sent for either. */
function areApart(one: RequestReading, other: RequestReading): boolean {
  return one.outOfBand !== other.outOfBand || (one.creates.length === 1 && other.creates.length === 1)
}
