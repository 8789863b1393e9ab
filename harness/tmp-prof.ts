import { installChance } from "./sim/chance.ts"
import { installClock } from "./sim/clock.ts"
import { openMemoryTransport } from "./transports/memory.ts"

const hr = process.hrtime.bigint
const clock = installClock(),
  chance = installChance()
const transport = openMemoryTransport()
const { runCase } = await import("./runner/case.ts")
const { subjects } = await import("../adapters/index.ts")
const { scenarios } = await import("../scenarios/index.ts")
const { invariants } = await import("./checks/all.ts")
const adapter = await subjects[0].load()
const world = { adapter, clock, chance, transport, invariants, onCrashes: () => {} }
const s = scenarios.find((x) => x.id === (process.argv[2] ?? "turn/text-turn"))
const N = 4000
for (let k = 0; k < 3; k++) {
  const c0 = process.cpuUsage()
  const t0 = hr.call(process.hrtime)
  for (let i = 0; i < N; i++) await runCase(world, { scenario: s, seed: "1", strict: true })
  console.log(
    (N / (Number(hr.call(process.hrtime) - t0) / 1e9)).toFixed(0),
    "cases/s",
    "cpu",
    (N / ((process.cpuUsage(c0).user + process.cpuUsage(c0).system) / 1e6)).toFixed(0),
  )
}
process.exit(0)
