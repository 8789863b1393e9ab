// One case from beginning to end: the story (safety), then faults stop, a fresh turn must work and nothing may be left
// behind (liveness); then the invariants judge the trace.
import type { Adapter, Capability, Driver, Operation, Tool } from "../adapter.ts"
import { goalsReached } from "../checks/goals.ts"
import type { Invariant, Violation } from "../checks/invariant.ts"
import { judge } from "../checks/judge.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Scenario, ToolScript } from "../script/scenario.ts"
import type { Chance } from "../sim/chance.ts"
import type { Clock } from "../sim/clock.ts"
import { NeverQuiet } from "../sim/quiet.ts"
import { noteError } from "../trace/error-note.ts"
import type { Recorder } from "../trace/recorder.ts"
import type { Entry, Phase } from "../trace/trace.ts"
import type { Transport } from "../transports/transport.ts"
import type { Coverage } from "./coverage.ts"
import { unmet, unmetAtLast } from "./expect.ts"
import { type Played, perform, playStory, storyViolation } from "./play.ts"
import { type CaseResult, makeResult, type Verdict } from "./result.ts"
import { type Stage, setStage } from "./stage.ts"
import { type AdapterFault, openValidated } from "./validate-adapter.ts"

/** Virtual time that faults may take to heal, that a fresh turn may take, and that closing may take. */
const healMs = 60_000
const freshTurnMs = 30_000
const closingMs = 35_000

/** What a case needs from the process it runs in. */
export interface CaseWorld {
  readonly adapter: Adapter
  readonly clock: Clock
  readonly chance: Chance
  readonly transport: Transport
  readonly invariants: readonly Invariant[]
  /** Told of the recorder while the case runs, and of its end: where a crash of the process is recorded. */
  readonly onCrashes?: (recorder: Recorder | undefined) => void
  /** Listeners on the process, counted to see which the subject leaves. */
  readonly listeners?: () => number
  /** Which code of the subject has run, where a fuzzer wants to know. */
  readonly coverage?: Coverage
  /** What an adapter that is a program did against the protocol since this was last asked. */
  readonly programFaults?: () => readonly string[]
}

export interface CaseOptions {
  readonly scenario: Scenario
  readonly seed: string
  readonly strict: boolean
  /** Whose server the scripted one is; default openai. */
  readonly dialect?: DialectName
  /** Keep the trace of a case that passed, too. */
  readonly keepTrace?: boolean
  readonly onEntry?: (entry: Entry) => void
}

/** Plays and judges one case. Rejects only when the harness itself is at fault. */
export async function runCase(world: CaseWorld, options: CaseOptions): Promise<CaseResult> {
  const { scenario, seed, dialect = "openai" } = options
  const { adapter, transport } = world
  const missing = missingCapabilities(scenario, adapter) || missingDialect(scenario, adapter, dialect)
  if (missing !== "") return result(world, options, { verdict: "unsupported", because: missing })
  world.chance.reseed(seed)
  const { name: subject, version, protocol, can } = adapter
  const header = { scenario: scenario.id, subject, version, protocol, can, transport: transport.kind, seed }
  const complaints = complaintsOf(adapter)
  const stage = setStage({ header, complaints, clock: world.clock, ...options, transport })
  const faults: AdapterFault[] = []
  let played: Played = { violations: [], warnings: [], never: [], owed: [] }
  world.onCrashes?.(stage.recorder)
  try {
    const report = stage.recorder.report
    const tools = (scenario.tools ?? []).map((tool) => scriptedTool(tool, stage))
    const driver = await openValidated(
      adapter,
      {
        url: `${transport.origin}/v1/${protocol}`,
        apiKey: "sk-rtspec",
        model: protocol === "realtime" ? "gpt-realtime" : "gpt-5.5",
        output: protocol === "realtime" ? (scenario.output ?? "audio") : "text",
        ...(dialect === "openai" ? {} : { dialect }),
        ...(scenario.server?.sideband ? { callId: "rtc_rtspec" } : {}),
        tools,
        report,
      },
      faults,
    )
    played = await live(stage, driver, scenario, can, world.listeners ?? (() => 0))
  } catch (error) {
    if (!(error instanceof NeverQuiet)) throw error
    stage.recorder.record({ lane: "app", kind: "crash", how: "endless-loop", error: noteError(error) })
  } finally {
    phase(stage, "ended")
    world.onCrashes?.(undefined)
  }
  const found = judged(world, options, stage, played, faults)
  await stage.clear()
  complaints.length = 0
  return found
}

/** One list for all cases of an adapter: what it reports to a case that is over is its fault in the case that runs. */
const complaintLists = new WeakMap<Adapter, string[]>()

function complaintsOf(adapter: Adapter): string[] {
  const list = complaintLists.get(adapter) ?? []
  complaintLists.set(adapter, list)
  return list
}

/** The phases of a case, in order. */
async function live(
  stage: Stage,
  driver: Driver,
  scenario: Scenario,
  can: readonly Capability[],
  listeners: () => number,
): Promise<Played> {
  const listenersBefore = listeners()
  const { server, transport, clock, recorder } = stage
  if (scenario.begins !== "unconnected") await perform(stage, driver, { do: "connect" })
  phase(stage, "story")
  const played = await playStory(stage, driver, scenario)
  phase(stage, "healed")
  server.heal()
  await stage.advance(healMs)
  if (scenario.ends !== "unusable") await freshTurn(stage, driver, can)
  phase(stage, "closing")
  await perform(stage, driver, { do: "close" })
  await stage.advance(closingMs)
  recorder.record({
    lane: "app",
    kind: "left-behind",
    sockets: transport.openSockets(),
    timers: clock.pending() + (transport.pendingTimers?.() ?? 0),
    listeners: Math.max(0, listeners() - listenersBefore),
  })
  return played
}

/** Asks for one more reply; on a new connection where the old one is gone and the subject leaves that to the app. */
async function freshTurn(stage: Stage, driver: Driver, can: readonly Capability[]) {
  const connected = stage.server.isConnected()
  if (!connected && !can.includes("reconnect")) {
    if (!can.includes("connect-again")) return
    await perform(stage, driver, { do: "connect" })
  }
  const operation = freshOperation(can)
  if (!operation) return
  phase(stage, "fresh-turn")
  await perform(stage, driver, operation)
  await stage.advance(freshTurnMs)
}

function freshOperation(can: readonly Capability[]): Operation | undefined {
  if (can.includes("text-turn")) return { do: "say", request: "fresh", text: "Please answer fresh." }
  return can.includes("request-reply") ? { do: "request", request: "fresh" } : undefined
}

const phase = (stage: Stage, now: Phase) => stage.recorder.record({ lane: "app", kind: "phase", phase: now })

function scriptedTool(
  { name, answers = "done", throws, takes = ["query"], afterMs = 0 }: ToolScript,
  { clock, recorder }: Stage,
): Tool {
  return {
    name,
    description: `The scenario's tool ${name}.`,
    parameters: {
      type: "object",
      properties: Object.fromEntries(takes.map((argument) => [argument, { type: "string" }])),
      required: [...takes],
      additionalProperties: false,
    },
    async run(args, call) {
      const call_id = call?.call_id === undefined ? {} : { call_id: call.call_id }
      const text = typeof args === "string" ? args : JSON.stringify(args)
      recorder.record({ lane: "app", kind: "tool-started", tool: name, args: text, ...call_id })
      if (afterMs > 0) await new Promise<void>((resolve) => clock.schedule(afterMs, resolve))
      recorder.record({ lane: "app", kind: "tool-finished", tool: name, ...call_id })
      if (throws !== undefined) throw new Error(throws)
      return answers
    },
  }
}

function missingCapabilities(scenario: Scenario, adapter: Adapter): string {
  const protocol = scenario.protocol ?? "realtime"
  if (protocol !== adapter.protocol) return `it speaks ${adapter.protocol}, the scenario ${protocol}`
  const output = scenario.output === "text" ? "text-output" : undefined
  const needs = output === undefined ? scenario.needs : [...scenario.needs, output as Capability]
  const missing = needs.filter((need) => !adapter.can.includes(need))
  return missing.length === 0 ? "" : `it cannot: ${missing.join(", ")}`
}

const dialectsOf = { realtime: ["openai", "azure", "xai"], responses: ["openai"] } as const

/** Without a word of its own, a Realtime subject speaks GA names, and so every dialect that keeps them. */
function missingDialect(
  { server }: Scenario,
  { protocol, dialects = dialectsOf[protocol] }: Adapter,
  dialect: DialectName,
): string {
  if (!dialects.includes(dialect)) return `it does not speak the dialect ${dialect}`
  return server?.refusesBeta && !dialects.includes("openai") ? "it speaks nothing but what this server turns away" : ""
}

/** Asks the invariants, and makes one verdict of all that is known. */
function judged(
  world: CaseWorld,
  options: CaseOptions,
  stage: Stage,
  played: Played,
  faults: readonly AdapterFault[],
): CaseResult {
  const { scenario, strict } = options
  const { recorder, server, clock } = stage
  const trace = recorder.trace()
  const found = judge(trace, world.invariants)
  const late = played.never.flatMap((expectation) => {
    const wrong = unmet(expectation, trace.entries, 0)
    return wrong ? [storyViolation(expectation, wrong, trace.entries.length)] : []
  })
  // One is enough: the first is why the rest did not come.
  const owed = played.owed.flatMap((expectation) => {
    const wrong = unmetAtLast(expectation, trace.entries)
    return wrong ? [storyViolation(expectation, wrong, trace.entries.length)] : []
  })
  const all = [...found.violations, ...played.violations, ...late, ...owed.slice(0, 1)]
  const ours = [
    ...faults.map((fault) => fault.message),
    ...(world.programFaults?.() ?? []),
    ...recorder.complaints.map((complaint) => `the adapter ${complaint}`),
    ...found.thrown.map(({ invariant, error }) => `the invariant ${invariant} threw ${String(error)}`),
  ]
  const counts = scenario.grade !== "plausible" || strict
  const violations = counts ? all : []
  const should = strict ? played.warnings : []
  const vacuous = scenario.judgedBy.filter((id) => !found.triggered[id])
  const [verdict, because] = decide(ours, [...violations, ...should], counts ? [] : all, server.missed, vacuous)
  return result(world, options, {
    verdict,
    because,
    violations: [...violations, ...should],
    warnings: counts ? (strict ? [] : played.warnings) : [...all, ...played.warnings],
    triggered: found.triggered,
    transitions: [...server.transitions()],
    goals: goalsReached(trace),
    virtualMs: clock.now(),
    ...(verdict === "pass" && !options.keepTrace ? {} : { trace }),
  })
}

function decide(
  ours: readonly string[],
  violations: readonly Violation[],
  doubtful: readonly Violation[],
  missed: readonly string[],
  vacuous: readonly string[],
): [Verdict, string] {
  if (ours[0] !== undefined) return ["broken", ours[0]]
  if (violations.length > 0) return ["fail", ""]
  if (doubtful.length > 0)
    return ["inconclusive", "it would fail, but the server's behaviour is only plausible: see --strict"]
  if (missed[0] !== undefined) return ["inconclusive", missed[0]]
  if (vacuous.length > 0) return ["inconclusive", `vacuous: nothing happened that ${vacuous.join(", ")} could judge`]
  return ["pass", ""]
}

type Found = Partial<CaseResult> & Pick<CaseResult, "verdict" | "because">

function result({ adapter, transport }: CaseWorld, { scenario, seed, dialect }: CaseOptions, found: Found): CaseResult {
  const { name: subject, version } = adapter
  return makeResult({ scenario, subject, version, transport: transport.kind, seed, dialect }, found)
}
