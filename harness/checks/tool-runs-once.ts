// A tool runs once for a call, when the call is complete, with its final arguments; its output is sent once.
import { read as member } from "../protocol/realtime/read.ts"
import type { Entry, EntryOf } from "../trace/trace.ts"
import { find } from "./find.ts"
import { type Finding, invariant, type Trigger } from "./invariant.ts"
import type { CallReading, CreateReading, Reading } from "./reading.ts"

type Started = EntryOf<"app", "tool-started">

interface Run extends Trigger {
  readonly call: CallReading | undefined
  readonly starts: readonly Started[]
}

/**
 * Fair: where the subject does not tell the call_id, runs are counted against the completed calls of that tool with those
 * arguments; a new connection may be given the output again (a new session knows nothing); an output is owed only while
 * the connection of the call is up and nothing was cancelled, nor the app closed before the response with the call had ended, or
 * before the connection was there that the client dialled for the output; in Responses, nor was the app told that its request
 * had failed while another's create still held the lane.
 */
export const toolRunsOnce = invariant(
  {
    id: "tool-runs-once",
    title: "A tool runs once for a call, only when its item is completed, and its output is sent once",
    cites: ["response.output_item.done", "F01", "F05", "K11", "S09"],
    why: "A tool that runs twice, or on half of its arguments, books the flight twice or to the wrong place.",
    protocols: ["realtime", "responses"],
  },
  runsOf,
  ({ call, starts: [first, second], index }, reading) => {
    const findings: Finding[] = []
    if (first && second)
      findings.push(found(`${nameOf(call, first)} must run once; it was started again`, first, second))
    if (first) findings.push(...judgeStart(call, first, index))
    if (call) findings.push(...judgeOutputs(call, first, reading))
    return findings
  },
)

const found = (message: string, cause: { index: number }, offence: { index: number }): Finding => ({
  message: `${message}.`,
  cause: cause.index,
  offence: offence.index,
})

const nameOf = (call: CallReading | undefined, { tool }: Started) =>
  call ? `Tool ${tool} for call ${call.call_id}` : `Tool ${tool}`

function runsOf(reading: Reading): Run[] {
  const starts = new Map<string, Started[]>()
  const strays: Run[] = []
  for (const started of reading.sightings["tool-started"]) {
    const call_id = started.call_id ?? callFor(started, starts, reading)
    if (call_id === undefined) strays.push({ index: started.index, call: undefined, starts: [started] })
    else starts.set(call_id, [...(starts.get(call_id) ?? []), started])
  }
  const runs = [...starts].map(([call_id, list]) => ({
    call: reading.calls.get(call_id),
    starts: list,
    index: list[0]?.index ?? 0,
  }))
  const unrun = [...reading.calls.values()]
    .filter(({ call_id }) => !starts.has(call_id))
    .map((call) => ({ index: call.since, call, starts: [] }))
  return [...runs, ...strays, ...unrun]
}

/** The call that a run without call_id was for: one not yet run if there is, a complete one before others. */
function callFor(started: Started, starts: ReadonlyMap<string, unknown>, reading: Reading): string | undefined {
  const calls = [...reading.calls.values()].filter(({ name }) => name === started.tool)
  const isComplete = ({ completed }: CallReading) => completed !== undefined && completed.index < started.index
  const ready = calls.filter((call) => isComplete(call) && sameJson(call.completed?.arguments, started.args))
  const fresh = (call: CallReading) => !starts.has(call.call_id)
  return (ready.find(fresh) ?? ready.at(-1) ?? calls.filter(isComplete).find(fresh) ?? calls.at(-1))?.call_id
}

function judgeStart(call: CallReading | undefined, first: Started, index: number): Finding[] {
  const name = nameOf(call, first)
  if (!call?.completed || call.completed.index > index)
    return [
      found(
        `${name} may run only when its function_call item was delivered as completed; it ran without`,
        first,
        first,
      ),
    ]
  if (sameJson(call.completed.arguments, first.args)) return []
  const message = `${name} must get the final arguments ${call.completed.arguments}; it got ${first.args}`
  return [found(message, call.completed, first)]
}

/** Equal as JSON; what cannot be compared is not judged. */
function sameJson(final: string | undefined, given: string): boolean {
  if (final === undefined || final === given) return true
  try {
    return canonical(JSON.parse(final)) === canonical(JSON.parse(given))
  } catch {
    return false
  }
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    const object = member.object(inner)
    return object ? Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1))) : inner
  })

type Output = EntryOf<"client", "event">

function judgeOutputs(call: CallReading, first: Started | undefined, reading: Reading): Finding[] {
  for (const [at, output] of call.outputs.entries()) {
    const again = call.outputs
      .slice(at + 1)
      .find((other) => other.connection === output.connection && !isOnlyContext(call, other, output, reading))
    if (again) return [found(`The output of call ${call.call_id} must be sent once; it was sent again`, output, again)]
  }
  const finished = first && finishOf(call, first, reading)
  if (!finished || call.outputs.length > 0 || !isOwed(call, finished, reading)) return []
  const message = `The output of call ${call.call_id} must be sent after tool ${finished.tool} finished; it never was`
  return [found(message, finished, { index: reading.last })]
}

/** Another request that continues from the response with the call has to tell the output once more: the server answers no
 * create that leaves a call open (PROTOCOL.md C.3). So has one that tells the call, too: what it continues from knows neither. */
function isOnlyContext(call: CallReading, sent: Output, first: Output, { creates }: Reading): boolean {
  const another = creates.find(({ entry }) => entry === sent)
  const isCall = (item: unknown) => {
    const { type, call_id } = member.members(item)
    return type === "function_call" && call_id === call.call_id
  }
  if (another?.context?.input.some(isCall)) return true
  if (!another?.request || call.response?.id !== another.context?.previous) return false
  return another.request !== creates.find(({ entry }) => entry === first)?.request
}

function finishOf(call: CallReading, first: Started, reading: Reading) {
  return reading.sightings["tool-finished"].find(
    ({ index, tool, call_id }) =>
      index > first.index && (call_id === undefined ? tool === first.tool : call_id === call.call_id),
  )
}

/** Outputs may wait until the response that called has ended: sent before, they are acknowledged only then (S18), and the create
 * that asks for the answer has to wait for it anyway. */
const isBeforeEnd = ({ index }: { index: number }, { response }: CallReading): boolean =>
  response !== undefined && (response.done === undefined || index < response.done.index)

/** What was dialled for when the tool had finished was not there yet (Responses, where others keep their connections busy). */
const isStillDialling = (finished: Entry, closing: Entry, { connections }: Reading): boolean =>
  [...connections.values()].some(
    ({ connects, session }) =>
      connects?.round === finished.round &&
      connects.index > finished.index &&
      (session === undefined || session > closing.index),
  )

function isOwed(call: CallReading, finished: EntryOf<"app", "tool-finished">, reading: Reading): boolean {
  const connection = reading.connections.get(call.connection)
  const closing = find.closing(reading)
  // Nothing is sent before there is a session.
  if (connection?.connects && connection.session === undefined) return false
  if (connection?.lost || connection?.silent || (connection?.left && connection.left.round <= finished.round))
    return false
  if (closing && (closing.round <= finished.round || isBeforeEnd(closing, call))) return false
  if (closing && isStillDialling(finished, closing, reading)) return false
  if (isToldInLine(call, finished, reading)) return false
  return !reading.sightings.performed.some(({ operation }) => operation.do === "cancel")
}

/** Responses: from the tool's end until the app was told that its request failed, another's create held the lane. */
function isToldInLine({ response: caller, connection }: CallReading, finished: Entry, { creates }: Reading): boolean {
  const request = caller?.create?.request
  const told = request?.futures.map(({ settled }) => settled[0]).find((settled) => settled?.as === "rejected")
  if (!told) return false
  const isOver = ({ refusal, response }: CreateReading) => (refusal ?? response?.done ?? told).index < told.index
  return creates.some(
    (create) =>
      create.request !== request &&
      create.connection === connection &&
      create.context !== undefined &&
      create.context.lane === caller?.lane &&
      create.entry.round <= finished.round &&
      !isOver(create),
  )
}
