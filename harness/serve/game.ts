// One scenario played for one client that drives itself: the server's side of the story over real sockets and in real time,
// each step when the client has done what it waits for. Judged is what the wire shows.
import { invariants } from "../checks/all.ts"
import type { Violation } from "../checks/invariant.ts"
import { judge } from "../checks/judge.ts"
import { type Expectation, sentBy, unmet } from "../runner/expect.ts"
import { storyViolation } from "../runner/play.ts"
import { type CaseResult, makeResult, type Verdict } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import type { Step } from "../script/steps.ts"
import { createScriptedServer } from "../server/server.ts"
import { createLabels } from "../trace/content.ts"
import { createRecorder } from "../trace/recorder.ts"
import type { Entry } from "../trace/trace.ts"
import { createEndpoint, type Endpoint } from "../transports/endpoint.ts"
import { createRealClock } from "../transports/real-clock.ts"
import { onTheWire } from "../wirelog/check.ts"
import { dutyOf } from "./duties.ts"

export interface Patience {
  /** Real milliseconds for the client to do what the story waits for. */
  readonly dutyMs: number
  /** For what it owes in answer. */
  readonly answerMs: number
}

export const usualPatience: Patience = { dutyMs: 30_000, answerMs: 3_000 }

export interface Game {
  /** Where its client dials, once or more. */
  readonly endpoint: Endpoint
  readonly over: Promise<CaseResult>
}

/** Of the client nothing is known but what it calls itself. */
export function openGame(scenario: Scenario, agent: string, patience: Patience = usualPatience): Game {
  const protocol = scenario.protocol ?? "realtime"
  const clock = createRealClock()
  const labels = createLabels()
  const waiting = new Set<() => void>()
  const header = { scenario: scenario.id, subject: agent, version: "", protocol, can: [], seed: "" } as const
  const recorder = createRecorder({
    header: { ...header, transport: "loopback" },
    now: clock.now,
    labels,
    onEntry: () => {
      for (const look of waiting) look()
    },
  })
  const server = createScriptedServer({ scenario, clock, recorder, labels })
  const endpoint = createEndpoint()
  endpoint.reset(server.listener)
  const entries = recorder.entries

  /** Delivers one thing after another; a ping is the barrier between two. */
  const settle = async () => {
    do {
      await Promise.all(endpoint.connections().map((connection) => within(connection.ping(), patience.answerMs)))
      recorder.quiet()
    } while (server.deliverNext())
  }
  const within = (promise: Promise<unknown>, ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.schedule(ms, resolve)
      void promise.then(() => {
        cancel()
        resolve()
      })
    })
  const passes = (ms: number) => new Promise<void>((resolve) => clock.schedule(ms, resolve))
  /** Whether it came about in time; what is in flight is delivered meanwhile. */
  const comesAbout = async (holds: () => boolean, ms: number): Promise<boolean> => {
    const until = clock.now() + ms
    for (;;) {
      await settle()
      if (holds()) return true
      const left = until - clock.now()
      if (left <= 0) return false
      await new Promise<void>((resolve) => {
        const done = () => {
          waiting.delete(done)
          cancel()
          resolve()
        }
        const cancel = clock.schedule(left, done)
        waiting.add(done)
      })
    }
  }
  const play = () => playGame({ scenario, patience, entries, comesAbout, passes, settle, server })
  const over = play().then((played) => {
    endpoint.reset({ connecting: () => ({ as: "refuse", status: 410 }), accepted() {}, message() {}, closed() {} })
    clock.reset()
    return judged(scenario, agent, recorder.trace(), played, server.missed)
  })
  return { endpoint, over }
}

interface Playing {
  readonly scenario: Scenario
  readonly patience: Patience
  readonly entries: readonly Entry[]
  comesAbout(holds: () => boolean, ms: number): Promise<boolean>
  passes(ms: number): Promise<void>
  settle(): Promise<void>
  readonly server: ReturnType<typeof createScriptedServer>
}

interface Played {
  readonly violations: readonly Violation[]
  /** What the client did not do, so that the story could not go on. */
  readonly undone?: string
}

const isConnected = (entries: readonly Entry[]) =>
  entries.some((entry) => entry.lane === "server" && entry.kind === "accepted")

async function playGame(playing: Playing): Promise<Played> {
  const { scenario, patience, entries, comesAbout, passes, settle, server } = playing
  const violations: Violation[] = []
  const forbidden: { step: Expectation; from: number }[] = []
  let consumed = 0
  const duties = { from: 0 }
  if (scenario.begins !== "unconnected" && !(await comesAbout(() => isConnected(entries), patience.dutyMs)))
    return { violations, undone: "it did not connect" }
  for (const step of scenario.story) {
    if (step.actor === "user") {
      const undone = step.step === "performs" ? await waitForDuty(step, playing, duties) : undefined
      if (undone !== undefined) return { violations, undone }
    } else if (step.actor === "client") {
      if (step.step === "must-not-send") forbidden.push({ step, from: entries.length })
      else await comesAbout(() => unmet(step, entries, consumed) === undefined, patience.answerMs)
      const wrong = step.step === "must-not-send" ? undefined : unmet(step, entries, consumed)
      if (wrong && step.step !== "should-send") violations.push(storyViolation(step, wrong, entries.length))
      const found = step.step === "must-send" ? sentBy(entries, step.type, step.match, consumed)[0] : undefined
      if (found) consumed = found.index + 1
    } else if (step.actor === "time") await waitFor(step, playing)
    else {
      if (step.actor === "server") server.act(step.action)
      else server.actOnNetwork(step.action)
      await settle()
    }
  }
  await passes(patience.answerMs / 3)
  for (const { step, from } of forbidden) {
    const wrong = unmet(step, entries, from)
    if (wrong) violations.push(storyViolation(step, wrong, entries.length))
  }
  server.heal()
  await settle()
  return { violations }
}

async function waitForDuty(
  { operation }: Extract<Step, { step: "performs" }>,
  { scenario, patience, entries, comesAbout, server }: Playing,
  /** What showed the last duty shows no other. */
  duties: { from: number },
): Promise<string | undefined> {
  const { says, shows } = dutyOf(operation, scenario.protocol ?? "realtime")
  if ("request" in operation && operation.request !== undefined) server.expects(operation.request)
  if (shows === undefined) return undefined
  const isDone = () => {
    if (shows === "connected") return isConnected(entries)
    if (shows === "closed") return entries.some((entry) => entry.lane === "client" && entry.kind === "closed")
    return sentBy(entries, shows, {}, duties.from).length > 0
  }
  if (!(await comesAbout(isDone, patience.dutyMs))) return `it did not ${says}`
  const shown = sentBy(entries, shows, {}, duties.from)[0]
  if (shown) duties.from = shown.index + 1
  return undefined
}

/** Futures are the app's: how long they take to settle is not seen here, so all the time that they have is given. */
async function waitFor(step: Extract<Step, { actor: "time" }>, { entries, comesAbout }: Playing): Promise<void> {
  const from = entries.length
  if (step.step === "passes") await comesAbout(() => false, step.ms)
  else if (step.step === "passes-until-settled") await comesAbout(() => false, Math.min(step.withinMs, 15_000))
  else if (step.step === "passes-until-sent")
    await comesAbout(() => sentBy(entries, step.type, {}, from).length > 0, step.withinMs)
  else
    await comesAbout(
      () => entries.slice(from).some(({ lane, kind }) => lane === "server" && kind === "accepted"),
      step.withinMs,
    )
}

const asked = invariants.filter(({ id }) => onTheWire.has(id))

function judged(
  scenario: Scenario,
  agent: string,
  trace: CaseResult["trace"] & object,
  { violations, undone }: Played,
  missed: readonly string[],
): CaseResult {
  const found = judge(trace, asked)
  const all = [...found.violations, ...violations]
  const [verdict, because]: [Verdict, string] =
    all.length > 0
      ? scenario.grade === "plausible"
        ? ["inconclusive", "it would fail, but the server's behaviour is only plausible"]
        : ["fail", ""]
      : undone !== undefined || missed[0] !== undefined
        ? ["inconclusive", undone ?? missed[0] ?? ""]
        : ["pass", ""]
  return makeResult(
    { scenario, subject: agent, version: "", transport: "loopback", seed: "" },
    { verdict, because, violations: verdict === "fail" ? all : [], triggered: found.triggered, trace },
  )
}
