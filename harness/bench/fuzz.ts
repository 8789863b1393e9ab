// How soon fuzzing finds each mutant, with steering and without, and that the same seed finds the same: all in one process,
// so that what is counted is cases. `npm run bench -- fuzz`; options: --seeds N, --cases N (at most, for
// each mutant), --mutant GLOB, --unsteered (both ways, to compare).
import { parseArgs } from "node:util"
import type { Failure } from "../fuzz/examine.ts"
import type { Pool } from "../fuzz/pool.ts"
import { catchCrashes } from "../runner/crashes.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { openMemoryTransport } from "../transports/memory.ts"

const hrtime = process.hrtime.bigint.bind(process.hrtime)
const clock = installClock()
const chance = installChance()
const crashes = catchCrashes()
const transport = openMemoryTransport()
const { runCase } = await import("../runner/case.ts")
const { inShort } = await import("../runner/outcome.ts")
const { matchesGlob } = await import("../runner/select.ts")
const { invariants } = await import("../checks/all.ts")
const { runCampaign } = await import("../fuzz/campaign.ts")
const { createExaminer } = await import("../fuzz/examine.ts")
const { reproText } = await import("../script/repro.ts")
const { reproOf } = await import("../fuzz/repro.ts")
const { subjects } = await import("../../adapters/index.ts")

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "3" },
    cases: { type: "string", default: "20000" },
    mutant: { type: "string", default: "*" },
    unsteered: { type: "boolean", default: false },
  },
})

/** The subject in this process. */
async function poolOf(name: string): Promise<Pool & { readonly caughtBy: string }> {
  const entry = subjects.find((each) => each.name === name)
  if (!entry) throw new Error(`there is no subject ${name}`)
  const adapter = await entry.load()
  const { version, protocol, can, caughtBy = "" } = adapter
  const world = { adapter, clock, chance, transport, invariants, onCrashes: crashes.recordIn }
  let last: Promise<unknown> = Promise.resolve()
  /** A process plays one case at a time. */
  const play: Pool["play"] = (scenario) => {
    const next = last.then(() => runCase(world, { scenario, seed: "fuzz", strict: false, keepTrace: true }))
    last = next
    return next
  }
  return {
    caughtBy,
    about: async () => ({ name, version, protocol, can }),
    play,
    async playBatch(cases) {
      const outcomes = []
      for (const scenario of cases) outcomes.push(inShort(await play(scenario), new Set()))
      return outcomes
    },
    stop() {},
  }
}

/** The first failure by the mutant's invariant, and after how many cases; undefined: not in so many. */
async function find(name: string, seed: string, steers: boolean): Promise<Failure | undefined> {
  const pool = await poolOf(name)
  const about = await pool.about()
  if (typeof about === "string") throw new Error(about)
  const found: Failure[] = []
  const examiner = createExaminer({
    ...{ subject: name, pool, only: pool.caughtBy },
    onFailure: (failure) => void found.push(failure),
    onFlaky: ({ foundAt }) => console.log(`${name}: case ${foundAt} is flaky`),
  })
  await runCampaign({
    ground: { protocol: about.protocol, can: about.can, oracle: "all" },
    ...{ seed: `${seed}/${name}@1`, pool, examiner, steers, cases: Number(values.cases) },
    isOver: () => false,
    onProgress: () => {},
  })
  return found[0]
}

const median = (numbers: readonly number[]) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? 0

async function measure(names: readonly string[], steers: boolean): Promise<void> {
  const atAll: number[] = []
  const lengths: number[] = []
  for (const name of names) {
    const at: number[] = []
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const failure = await find(name, String(seed), steers)
      at.push(failure?.foundAt ?? Number.POSITIVE_INFINITY)
      if (failure) lengths.push(failure.tale.beats.length + failure.tale.faults.length)
    }
    atAll.push(...at)
    const told = at.map((cases) => (Number.isFinite(cases) ? String(cases) : "not found"))
    console.log(`${name.padEnd(58)} ${told.join(" ")}`)
  }
  const how = steers ? "with steering" : "without steering"
  console.log(
    `${how}: median ${median(atAll)}, worst ${Math.max(...atAll)} cases; least stories of ${median(lengths)} steps and faults, at most ${Math.max(...lengths)}`,
  )
}

async function sameTwice(name: string): Promise<void> {
  const repros = [await find(name, "1", true), await find(name, "1", true)].map(
    (failure) => failure && reproText(reproOf(failure, "1")),
  )
  console.log(`${name}: same seed, same repro byte for byte: ${repros[0] !== undefined && repros[0] === repros[1]}`)
}

const names = subjects.flatMap(({ name }) =>
  name.startsWith("mutant/") && matchesGlob(`mutant/${values.mutant}`, name) ? [name] : [],
)
const began = hrtime()
await measure(names, true)
if (values.unsteered) await measure(names, false)
if (names[0]) await sameTwice(names[0])
console.log(`${(Number(hrtime() - began) / 1e9).toFixed(0)} s`)
process.exit(0)
