// Plays a story step by step on a stage: performs the app's operations, makes the server, the network and time act, and
// looks at each expectation where it stands.
import type { Driver, Operation } from "../adapter.ts"
import type { Violation } from "../checks/invariant.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Schedule } from "../script/schedule.ts"
import { describeStep, type Step } from "../script/steps.ts"
import { type Expectation, isSettled, sentBy, stillOwed, unmet } from "./expect.ts"
import type { Stage } from "./stage.ts"

export interface Played {
  readonly violations: readonly Violation[]
  readonly warnings: readonly Violation[]
  /** What may not come about in the rest of the case either. */
  readonly never: readonly Expectation[]
  /** What an answer to a request asked again may still bring. */
  readonly owed: readonly Expectation[]
}

/** Runs until the story ends or a MUST is not met: what follows would be another story. */
export async function playStory(
  stage: Stage,
  driver: Driver,
  { story, schedule = [] }: Pick<Scenario, "story" | "schedule">,
): Promise<Played> {
  const { entries } = stage.recorder
  const violations: Violation[] = []
  const warnings: Violation[] = []
  const forbidden: { expectation: Expectation; from: number }[] = []
  const never: Expectation[] = []
  const owed = new Map<Expectation, string>()
  let consumed = entries.length

  const check = (expectation: Expectation, from: number) => {
    const wrong = unmet(expectation, entries, from)
    if (!wrong) return true
    const into = expectation.step === "should-send" ? warnings : violations
    into.push(storyViolation(expectation, wrong, entries.length))
    return expectation.step === "should-send"
  }
  /** What was not heard, and with it that its request has not settled. */
  const isOwed = (expectation: Expectation) => {
    const request = stillOwed(expectation, entries)
    if (request === undefined) return false
    if (expectation.step !== "must-hear" && ![...owed.values()].includes(request)) return false
    owed.set(expectation, request)
    return true
  }
  for (const [at, step] of story.entries()) {
    const lets = schedule[at] ?? null
    if (step.actor === "user" && step.step === "performs") await perform(stage, driver, step.operation, lets)
    else if (step.actor === "user" || step.actor === "client") {
      if (step.step === "must-not-hear") never.push(step)
      else if (step.step === "must-not-send") forbidden.push({ expectation: step, from: entries.length })
      else if (!isOwed(step) && !check(step, consumed)) break
      consumed = consumedUpTo(step, stage, consumed)
    } else if (step.step === "passes-until-heard") {
      if (!(await hears(stage, driver, step))) break
    } else await act(stage, step, lets)
  }
  // What the last steps hurried past still belongs to the story.
  if (schedule.length > 0) await stage.advance(stepMs)
  for (const { expectation, from } of forbidden) check(expectation, from)
  return { violations, warnings, never, owed: [...owed.keys()] }
}

/** An expectation that was not met, as a violation of the story itself. */
export function storyViolation(
  expectation: Expectation,
  wrong: { message: string; offence?: number },
  length: number,
): Violation {
  const last = Math.max(0, length - 1)
  const message = `${describeStep(expectation)}: ${wrong.message}`
  return { invariant: "story", message, cause: Math.min(wrong.offence ?? last, last), offence: wrong.offence ?? last }
}

/** A must-send looks from behind the event that the last one found. */
function consumedUpTo(step: Expectation, stage: Stage, before: number): number {
  if ((step.step !== "must-send" && step.step !== "should-send") || step.times !== undefined) return before
  const found = sentBy(stage.recorder.entries, step.type, step.match, before)[0]
  return found ? found.index + 1 : before
}

/** Every step takes this long: the shortest timer there is, by which some clients put off what they do at once. */
const stepMs = 1

/** What comes before the next step: all that follows at once, or no more than the schedule lets through. */
const follow = (stage: Stage, lets: Schedule[number]) => (lets === null ? stage.advance(stepMs) : stage.deliver(lets))

/** The app asks for something; whatever comes of it at once has come when this returns, unless the schedule hurries. */
export async function perform(
  stage: Stage,
  driver: Driver,
  operation: Operation,
  lets: Schedule[number] = null,
): Promise<void> {
  const { recorder, server } = stage
  recorder.record({ lane: "app", kind: "performed", operation: lightened(operation) })
  if (operation.do === "say") server.expects(operation.request, operation.text)
  if (operation.do === "request" || operation.do === "commit" || operation.do === "warm-up")
    server.expects(operation.request)
  void driver.perform(operation)
  await follow(stage, lets)
}

/** Audio as its length: a trace is for reading. */
function lightened(operation: Operation): Operation {
  return operation.do === "speak" ? { ...operation, audio: `${operation.audio.length} base64 characters` } : operation
}

type Hearing = Extract<Step, { step: "passes-until-heard" }>

/** Whether the story can go on: the client has sent what it had sent when this was recorded, or the app has asked for it. */
async function hears(stage: Stage, driver: Driver, { connection, events, audioBytes, withinMs, otherwise }: Hearing) {
  const { recorded, missed } = stage.server
  const isHeard = () => {
    const sent = recorded?.sentOn(connection)
    return sent !== undefined && sent.events >= events && sent.audioBytes >= audioBytes
  }
  if (!isHeard()) await stage.advance(withinMs, isHeard)
  if (isHeard()) return true
  if (otherwise) {
    await perform(stage, driver, otherwise)
    return true
  }
  missed.push(
    `connection ${connection} never sent the ${events} events and ${audioBytes} bytes of audio that were recorded`,
  )
  return false
}

type Acting = Exclude<Step, { actor: "user" | "client" } | Hearing>

async function act(stage: Stage, step: Acting, lets: Schedule[number]): Promise<void> {
  const { recorder, server } = stage
  switch (step.step) {
    case "acts":
      if (step.actor === "server") server.act(step.action)
      else server.actOnNetwork(step.action)
      return follow(stage, lets)
    case "passes":
      return stage.advance(step.ms)
    case "passes-until-settled":
      return stage.advance(step.withinMs, () => isSettled(recorder.entries, step.request))
    case "passes-until-sent": {
      const from = recorder.entries.length
      return stage.advance(step.withinMs, () => sentBy(recorder.entries, step.type, {}, from).length > 0)
    }
    case "passes-until-connected": {
      const from = recorder.entries.length
      const reached = (at: number) =>
        recorder.entries.some((entry) => entry.index >= at && entry.lane === "server" && entry.kind === "accepted")
      return stage.advance(step.withinMs, () => reached(from))
    }
  }
}
