// Simpler tales: each step towards a tale in which nothing can be left out. All of them are possible; which still fail,
// only playing them tells.
import type { Step } from "../script/steps.ts"
import { type Beat, possible, type Tale } from "./tale.ts"

/** Candidates, the boldest first: without large parts of the story, then without small ones, then without faults and
 * hurry, then with plainer steps. */
export function* simplerTales(tale: Tale): Generator<Tale> {
  yield* withoutParts(tale)
  yield* withoutFaults(tale)
  yield* withPlainerSetting(tale)
  yield* withoutHurry(tale)
  yield* withPlainerSteps(tale)
}

function* withoutParts(tale: Tale): Generator<Tale> {
  const { beats } = tale
  for (let size = Math.ceil(beats.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = beats.length - size; from > -size; from -= size) {
      const start = Math.max(0, from)
      yield possible({ ...tale, beats: [...beats.slice(0, start), ...beats.slice(from + size)] })
    }
  }
}

function* withoutFaults(tale: Tale): Generator<Tale> {
  const { faults } = tale
  if (faults.length > 1) yield { ...tale, faults: [] }
  for (const fault of faults) yield { ...tale, faults: faults.filter((each) => each !== fault) }
  for (const [at, fault] of faults.entries()) {
    const plainer = [
      ...(fault.by === undefined ? [] : [{ fault: fault.fault, at: fault.at }]),
      ...(fault.at.nth > 1 ? [{ ...fault, at: { ...fault.at, nth: 1 } }] : []),
    ]
    for (const each of plainer) yield { ...tale, faults: faults.with(at, each) }
  }
}

function* withPlainerSetting(tale: Tale): Generator<Tale> {
  if (tale.begins === "unconnected") {
    const from = tale.beats.findIndex(({ step }) => step.step === "performs" && step.operation.do === "connect")
    if (from >= 0) yield possible({ ...tale, begins: "connected", beats: tale.beats.toSpliced(from, 1) })
  }
  if (tale.tools.length > 0) yield possible({ ...tale, tools: [] })
  const [tool] = tale.tools
  if (tool && (tool.throws !== undefined || tool.afterMs !== undefined))
    yield { ...tale, tools: [{ name: tool.name, answers: "sunny" }] }
  for (const name of Object.keys(tale.server)) {
    const { [name as keyof Tale["server"]]: _, ...server } = tale.server
    yield { ...tale, server }
  }
  if (tale.protocol === "realtime" && tale.output === "text") yield { ...tale, output: "audio" }
}

function* withoutHurry(tale: Tale): Generator<Tale> {
  const { beats } = tale
  const isHurried = ({ lets }: Beat) => lets !== null
  if (beats.filter(isHurried).length > 1) yield { ...tale, beats: beats.map((beat) => ({ ...beat, lets: null })) }
  for (const [at, beat] of beats.entries()) {
    if (beat.lets === null) continue
    yield { ...tale, beats: beats.with(at, { ...beat, lets: null }) }
    if (beat.lets > 0) yield { ...tale, beats: beats.with(at, { ...beat, lets: 0 }) }
  }
}

function* withPlainerSteps(tale: Tale): Generator<Tale> {
  for (const [at, { step, lets }] of tale.beats.entries())
    for (const plainer of plainerSteps(step))
      yield possible({ ...tale, beats: tale.beats.with(at, { step: plainer, lets }) })
}

/** The same step with less in it, the plainest first. */
export function plainerSteps(step: Step): Step[] {
  if (step.step === "passes") return [20, 1_000, 11_000].filter((ms) => ms < step.ms).map((ms) => ({ ...step, ms }))
  if (step.step === "performs") {
    const { operation } = step
    if (operation.do === "say" && operation.lane !== undefined) {
      const { lane: _, ...without } = operation
      return [{ ...step, operation: without }]
    }
    if (operation.do !== "request" || !operation.outOfBand) return []
    const { outOfBand: _, ...inBand } = operation
    return [{ ...step, operation: inBand }]
  }
  if (step.step !== "acts" || step.actor !== "server") return []
  const { action } = step
  if (action.does === "streams" && action.pieces > 1) return [{ ...step, action: { ...action, pieces: 1 } }]
  if (action.does === "errors" && action.eventId === "null" && action.for !== undefined)
    return [{ ...step, action: { ...action, eventId: "echoed" } }]
  if (action.does === "finishes" && action.status !== "completed")
    return [{ ...step, action: { does: "finishes", response: action.response, status: "completed" } }]
  return []
}
