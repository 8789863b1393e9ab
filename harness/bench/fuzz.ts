// How soon fuzzing finds each mutant, and that the same seed finds the same: all in one process, so that what is counted is
// cases. `npm run bench -- fuzz`; options: --seeds N, --cases N (at most, for each mutant), --mutant GLOB, --compare (with
// steering, without, and with what a run of the reference client has kept to begin with).
import { parseArgs } from "node:util"
import type { Failure } from "../fuzz/examine.ts"
import type { Pool } from "../fuzz/pool.ts"
import type { Tale } from "../fuzz/tale.ts"
import { catchCrashes } from "../runner/crashes.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { openMemoryTransport } from "../transports/memory.ts"
import { median } from "./median.ts"

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
    compare: { type: "boolean", default: false },
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

type Way = "with steering" | "without steering" | "from a corpus"

interface Search {
  readonly seed: string
  readonly steers: boolean
  readonly cases: number
  readonly begins?: readonly Tale[]
}

/** What a campaign found by the invariant that must catch the subject, and the tales that showed something new. */
async function search(name: string, { seed, ...how }: Search) {
  const pool = await poolOf(name)
  const about = await pool.about()
  if (typeof about === "string") throw new Error(about)
  const found: Failure[] = []
  const examiner = createExaminer({
    ...{ subject: name, pool, only: pool.caughtBy },
    onFailure: (failure) => void found.push(failure),
    onFlaky: ({ foundAt }) => console.log(`${name}: case ${foundAt} is flaky`),
  })
  const { tales } = await runCampaign({
    ground: { protocol: about.protocol, can: about.can, oracle: "all" },
    ...{ seed: `${seed}/${name}@1`, pool, examiner, ...how },
    isOver: () => false,
    onProgress: () => {},
  })
  return { failure: found[0], tales }
}

/** Cases of the reference client that a corpus comes from. */
const learntFrom = 4_000
const corpora = new Map<string, readonly Tale[]>()

/** What a run of the reference client of a mutant's protocol has kept. */
async function corpusFor(mutant: string, seed: string): Promise<readonly Tale[]> {
  const isResponses = subjects.find(({ name }) => name === mutant)?.protocol === "responses"
  const name = isResponses ? "reference-responses" : "reference"
  const known = corpora.get(`${name} ${seed}`)
  const tales = known ?? (await search(name, { seed: `${seed}/corpus`, steers: true, cases: learntFrom })).tales
  corpora.set(`${name} ${seed}`, tales)
  return tales
}

/** The first failure, and after how many cases; undefined: not in so many. */
async function find(name: string, seed: string, way: Way): Promise<Failure | undefined> {
  const begins = way === "from a corpus" ? { begins: await corpusFor(name, seed) } : {}
  const steers = way !== "without steering"
  return (await search(name, { seed, steers, cases: Number(values.cases), ...begins })).failure
}

/** The cases until each mutant was found, a median of the seeds for each. */
async function measure(names: readonly string[], way: Way): Promise<readonly number[]> {
  const atAll: number[] = []
  const medians: number[] = []
  const lengths: number[] = []
  for (const name of names) {
    const at: number[] = []
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const failure = await find(name, String(seed), way)
      at.push(failure?.foundAt ?? Number.POSITIVE_INFINITY)
      if (failure) lengths.push(failure.tale.beats.length + failure.tale.faults.length)
    }
    atAll.push(...at)
    medians.push(median(at))
    const told = at.map((cases) => (Number.isFinite(cases) ? String(cases) : "not found"))
    console.log(`${name.padEnd(58)} ${told.join(" ")}`)
  }
  console.log(
    `${way}: median ${median(atAll)}, worst ${Math.max(...atAll)} cases; least stories of ${median(lengths)} steps and faults, at most ${Math.max(...lengths)}`,
  )
  return medians
}

function compare(way: Way, found: readonly number[], plain: readonly number[]): void {
  const count = (isSo: (one: number, other: number) => boolean) =>
    found.filter((cases, at) => isSo(cases, plain[at] ?? cases)).length
  const [sooner, later] = [count((one, other) => one < other), count((one, other) => one > other)]
  console.log(`${way}, by the median of each mutant: ${sooner} sooner than without steering, ${later} later`)
}

async function sameTwice(name: string): Promise<void> {
  const repros = [await find(name, "1", "with steering"), await find(name, "1", "with steering")].map(
    (failure) => failure && reproText(reproOf(failure, "1")),
  )
  console.log(`${name}: same seed, same repro byte for byte: ${repros[0] !== undefined && repros[0] === repros[1]}`)
}

const names = subjects.flatMap(({ name }) =>
  name.startsWith("mutant/") && matchesGlob(`mutant/${values.mutant}`, name) ? [name] : [],
)
const began = hrtime()
const steered = await measure(names, "with steering")
if (values.compare) {
  const plain = await measure(names, "without steering")
  compare("with steering", steered, plain)
  compare("from a corpus", await measure(names, "from a corpus"), plain)
}
if (names[0]) await sameTwice(names[0])
console.log(`${(Number(hrtime() - began) / 1e9).toFixed(0)} s`)
process.exit(0)
