// The numbers rtspec promises, measured within one run: what counts are the ratios. `npm run bench` compiles everything first,
// as users of the package have it (tsx makes every closure dearer), and plays as hosts do. Options: --rounds N
// (how often the catalogue is played), --memory N (cases for the memory run). `npm run bench -- subjects`: real clients;
// `npm run bench -- python`: the Python ones, their speed kept alive and ten runs of each;
// `npm run bench -- wirelog`: wire logs; `npm run bench -- fuzz`: what fuzzing finds, and how soon;
// `npm run bench -- fuzz-pairs`: the bugs of bad releases, without their scenarios.
import { parseArgs } from "node:util"
import type { SubjectEntry } from "../../adapters/index.ts"
import type { CaseWorld } from "../runner/case.ts"
import { catchCrashes } from "../runner/crashes.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { timeless } from "../trace/timeless.ts"
import type { Trace } from "../trace/trace.ts"
import { openLoopbackTransport } from "../transports/loopback.ts"
import { openMemoryTransport } from "../transports/memory.ts"
import type { Transport } from "../transports/transport.ts"
import { median } from "./median.ts"

// Before time is taken over here: these run in processes of their own.
if (process.argv[2] === "python") await import("./python.ts")
if (process.argv[2] === "subjects") {
  await (await import("./subjects.ts")).benchSubjects(process.argv.slice(3))
  process.exit()
}

if (process.argv[2] === "fuzz-pairs") {
  await (await import("./fuzz-pairs.ts")).benchFuzzPairs(process.argv.slice(3))
  process.exit()
}

if (process.argv[2] === "wirelog") {
  await (await import("./wirelog.ts")).benchWireLogs(process.argv.slice(3))
  process.exit()
}

if (process.argv[2] === "fuzz") {
  await (await import("./fuzz-rate.ts")).benchFuzzRate(20_000)
  process.argv.splice(2, 1)
  await import("./fuzz.ts")
}

const hrtime = process.hrtime.bigint.bind(process.hrtime)
const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()
const memory = openMemoryTransport()
const { runCase } = await import("../runner/case.ts")
const { bareTraffic } = await import("./bare.ts")
const { invariants } = await import("../checks/all.ts")
const { reference } = await import("../../adapters/index.ts")
const { openAiAgentsSubject } = await import("../../adapters/openai-agents/index.ts")
const { scenarios } = await import("../../scenarios/index.ts")

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "20" }, memory: { type: "string", default: "10000" } },
})

async function worldOf(entry: SubjectEntry, transport: Transport): Promise<CaseWorld> {
  return { adapter: await entry.load(), clock, chance, transport, invariants, onCrashes: crashes.recordIn }
}

const play = (world: CaseWorld, scenario: Scenario, keep = false): Promise<CaseResult> =>
  runCase(world, { scenario, seed: "bench", strict: false, keepTrace: keep })

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = hrtime()
  await work()
  return Number(hrtime() - began) / 1e9
}

const say = (what: string, value: string) => console.log(`${what.padEnd(64)} ${value}`)
const playable = (world: CaseWorld) =>
  scenarios.filter(
    (scenario) =>
      scenario.needs.every((need) => world.adapter.can.includes(need)) &&
      (scenario.protocol ?? "realtime") === "realtime",
  )

/** The trace of each scenario as text. */
async function traces(world: CaseWorld, toText: (trace: Trace) => string): Promise<string[]> {
  const texts: string[] = []
  for (const scenario of playable(world)) {
    const { trace } = await play(world, scenario, true)
    texts.push(trace ? toText(trace) : "")
  }
  return texts
}

const differing = (one: readonly string[], other: readonly string[]) =>
  one.filter((text, at) => text !== other[at]).length

async function determinism(entry: SubjectEntry) {
  const { name, version } = entry
  const world = await worldOf(entry, memory)
  const [first, second] = [await traces(world, JSON.stringify), await traces(world, JSON.stringify)]
  say(`${name} ${version}: same seed twice, traces that differ`, `${differing(first, second)} of ${first.length}`)
}

async function throughput() {
  const world = await worldOf(reference, memory)
  const list = playable(world)
  const turn = list.find(({ id }) => id === "turn/text-turn")
  if (turn) say("reference in memory, all invariants, one text turn, cases/s", perSecond(await cost(world, turn)))
  const round = async () => {
    for (const scenario of list) await play(world, scenario)
  }
  for (let warm = 0; warm < 5; warm++) await round()
  const rounds = Number(values.rounds)
  const seconds = await secondsOf(async () => {
    for (let count = 0; count < rounds; count++) await round()
  })
  say("  the whole catalogue, cases/s", ((rounds * list.length) / seconds).toFixed(0))
  if (turn) await compareWaiting(world, turn, list)
}

const perSecond = (ms: number) => (1000 / ms).toFixed(0)

/** Milliseconds a case, of a scenario played so often that the engine has compiled for it: the middle one of five rounds. */
async function cost(world: CaseWorld, scenario: Scenario): Promise<number> {
  const count = 3_000
  const round = async () => {
    for (let at = 0; at < count; at++) await play(world, scenario)
  }
  for (let warm = 0; warm < 2; warm++) await round()
  const seconds: number[] = []
  for (let timed = 0; timed < 5; timed++) seconds.push(await secondsOf(round))
  return (median(seconds) / count) * 1000
}

/** A scenario that waits out the client's time-out against one that does not. */
async function compareWaiting(world: CaseWorld, turn: Scenario, list: readonly Scenario[]) {
  const plain = await cost(world, turn)
  say("  one text turn after the catalogue, by a process that has seen much, cases/s", perSecond(plain))
  await compareBare(world, turn, plain)
  const waiting = list.find(({ id }) => id === "timeout/never-answered")
  if (!waiting) return
  const waited = await cost(world, waiting)
  say("a 10-second time-out waited out costs, above a text turn, ms", (waited - plain).toFixed(3))
}

/** A case against its frames alone: the part of it that no work of ours can make cheaper. */
async function compareBare(world: CaseWorld, turn: Scenario, caseMs: number) {
  const { trace } = await play(world, turn, true)
  if (!trace) return
  const traffic = bareTraffic(trace, memory)
  const count = 2_000
  const round = async () => {
    for (let at = 0; at < count; at++) await traffic()
  }
  await round()
  const bareMs = ((await secondsOf(round)) / count) * 1000
  say("  a ws client with its frames alone, as often a second", perSecond(bareMs))
  say("  the case costs so many times as much", (caseMs / bareMs).toFixed(1))
}

async function memoryOverCases() {
  const world = await worldOf(reference, memory)
  const list = playable(world)
  const total = Number(values.memory)
  const megabytes = () => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed / 1e6
  }
  const marks: number[] = []
  for (let at = 0; at < total; at++) {
    if (at % Math.floor(total / 5) === 0) marks.push(megabytes())
    const scenario = list[at % list.length]
    if (scenario) await play(world, scenario)
  }
  say(`heap over ${total} cases, MB at each fifth`, [...marks, megabytes()].map((mark) => mark.toFixed(1)).join(" "))
}

await throughput()
await determinism(reference)
for (const version of ["0.8.0", "0.8.1", "0.20.0"]) await determinism(openAiAgentsSubject(version, true))
await memoryOverCases()
const inMemory = await traces(await worldOf(reference, memory), timeless)
memory.close()
const loopback = await openLoopbackTransport()
const overLoopback = await traces(await worldOf(reference, loopback), timeless)
say(
  "reference: memory against loopback without time, traces that differ",
  `${differing(inMemory, overLoopback)} of ${inMemory.length}`,
)
process.exit(0)
