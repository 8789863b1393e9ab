// What is promised of Python subjects: cases a second a core with the process kept alive, and the same traces in every run.
// `npm run bench -- python`; options: --subject GLOB, --rounds N (of the catalogue, in one process), --runs N (each in a process
// of its own), --scenario GLOB.
import { parseArgs } from "node:util"
import type { CaseWorld } from "../runner/case.ts"
import { catchCrashes } from "../runner/crashes.ts"
import type { Scenario } from "../script/scenario.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { timeless } from "../trace/timeless.ts"
import { childrensCpuMs } from "./children.ts"

const hrtime = process.hrtime.bigint.bind(process.hrtime)
const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()
const { runCase } = await import("../runner/case.ts")
const { matchesGlob } = await import("../runner/select.ts")
const { invariants } = await import("../checks/all.ts")
const { openProgram } = await import("../transports/process/index.ts")
const { subjects } = await import("../../adapters/index.ts")
const { scenarios } = await import("../../scenarios/index.ts")

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    subject: { type: "string", multiple: true, default: ["livekit-python@1.8.9"] },
    scenario: { type: "string", default: "*" },
    rounds: { type: "string", default: "3" },
    runs: { type: "string", default: "10" },
  },
})

type Entry = (typeof subjects)[number]

async function open(entry: Entry): Promise<CaseWorld> {
  const program = entry.program?.()
  if (!program) throw new Error(`${entry.name} is no program`)
  const world = await openProgram(program, {
    clock,
    title: entry.name,
    seed: () => String(Math.random()),
    onLost: ({ how, message }) => how !== "killed" && console.error(`${entry.name} ${entry.version} ${message}`),
  })
  return { ...world, clock, chance, invariants, onCrashes: crashes.recordIn }
}

const playable = (world: CaseWorld) =>
  scenarios.filter(
    ({ id, needs, protocol = "realtime" }) =>
      matchesGlob(values.scenario, id) &&
      protocol === world.adapter.protocol &&
      needs.every((need) => world.adapter.can.includes(need)),
  )

const play = (world: CaseWorld, scenario: Scenario) =>
  runCase(world, { scenario, seed: "bench", strict: false, keepTrace: true })

const say = (what: string, value: string) => console.log(`${what.padEnd(64)} ${value}`)

interface Cost {
  readonly wallMs: number
  readonly oursMs: number
  readonly theirsMs: number
}

const spent = (): Cost => {
  const { user, system } = process.cpuUsage()
  return { wallMs: Number(hrtime()) / 1e6, oursMs: (user + system) / 1e3, theirsMs: childrensCpuMs(process.pid) }
}

async function speed(title: string, world: CaseWorld) {
  const list = playable(world)
  const round = async () => {
    for (const scenario of list) await play(world, scenario)
  }
  await round()
  const before = spent()
  const rounds = Number(values.rounds)
  for (let count = 0; count < rounds; count++) await round()
  const after = spent()
  const each = (from: keyof Cost) => (after[from] - before[from]) / (rounds * list.length)
  const [wall, ours, theirs] = [each("wallMs"), each("oursMs"), each("theirsMs")]
  say(`${title}: cases/s of the clock`, (1000 / wall).toFixed(1))
  say(`${title}: cases/s of a core`, (1000 / (ours + theirs)).toFixed(1))
  say(`${title}: CPU a case, ms, rtspec + the program`, `${ours.toFixed(1)} + ${theirs.toFixed(1)}`)
}

/** The verdict and the trace of each scenario, as text. */
async function texts(world: CaseWorld): Promise<readonly string[]> {
  const found: string[] = []
  for (const scenario of playable(world)) {
    const { verdict, trace } = await play(world, scenario)
    found.push(`${scenario.id} ${verdict} ${trace ? timeless(trace) : ""}`)
  }
  return found
}

const idOf = (text: string) => text.split(" ", 1)[0] ?? ""

/** Where two texts part, with what stands around it. */
function difference(one: string, other: string): string {
  const at = [...one].findIndex((character, index) => character !== other[index])
  const from = Math.max(0, (at < 0 ? one.length : at) - 80)
  return `…${one.slice(from, from + 160)}… against …${other.slice(from, from + 160)}…`
}

for (const entry of subjects) {
  const title = `${entry.name} ${entry.version}`
  const isMeant = values.subject.some(
    (glob) => matchesGlob(glob, entry.name) || matchesGlob(glob, `${entry.name}@${entry.version}`),
  )
  if (!entry.program || !isMeant) continue
  if (!entry.installed()) {
    say(title, "not installed")
    continue
  }
  let first: readonly string[] | undefined
  const differing = new Map<string, string>()
  for (let run = 0; run < Number(values.runs); run++) {
    const world = await open(entry)
    const found = await texts(world)
    first ??= found
    for (const [at, text] of found.entries())
      if (text !== first[at]) differing.set(idOf(text), difference(first[at] ?? "", text))
    if (run === 0) await speed(title, world)
    world.transport.close()
  }
  say(`${title}: ${values.runs} runs, scenarios that differ`, `${differing.size} of ${first?.length ?? 0}`)
  for (const [id, where] of differing) console.log(`  ${id}: ${where}`)
}
process.exit(0)
